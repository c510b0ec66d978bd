/** The connection of the app to the simulated cluster, as the documentation says to make it. */
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { applyObjects, loadKubeconfig, createServiceAccountToken, type ApiServer } from '..';
import { buildAccessManifest, READER_ACCOUNT, WRITER_ACCOUNT } from '../../../src/sedna/accessManifest';
import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';

/** What Grafana needs for the connection. */
export interface KubernetesAccess {
  url: string;
  /** Path of the certificate to trust, PEM. */
  caFile: string;
  readToken: string;
  writeToken: string;
}

/** Applies the manifest that the app shows, and takes the tokens of its two service accounts. */
export async function grantAccess({ url, caFile, kubeconfigs }: ApiServer): Promise<KubernetesAccess> {
  const admin = loadKubeconfig(kubeconfigs.admin);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SEDNA_NAMESPACE } };
  const manifest = parseAllDocuments(buildAccessManifest()).map((document) => document.toJS() as KubernetesObject);
  await applyObjects(admin, [namespace, ...manifest]);
  const [readToken, writeToken] = await Promise.all(
    [READER_ACCOUNT, WRITER_ACCOUNT].map((name) => createServiceAccountToken(admin, SEDNA_NAMESPACE, name))
  );
  return { url, caFile, readToken, writeToken };
}
