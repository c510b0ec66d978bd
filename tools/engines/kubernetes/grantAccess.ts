/** Connects the app to an API server in the same way as the documentation. */
import type { KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { applyObjects, loadKubeconfig, createServiceAccountToken, type ApiServer } from '..';
import { buildAccessManifest, READER_ACCOUNT, WRITER_ACCOUNT } from '../../../src/sedna/accessManifest';
import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';

/** Connection settings for Grafana. */
export interface KubernetesAccess {
  url: string;
  /** Path of the CA certificate, PEM. */
  caFile: string;
  readToken: string;
  writeToken: string;
}

/** Applies the manifest that the app shows, and creates tokens for its two service accounts. */
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
