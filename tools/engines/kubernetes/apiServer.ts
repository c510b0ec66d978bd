import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import path from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { EXPORTER_ROLE, KUBE_STATE_METRICS_ROLE } from '../../../collection/kube-state-metrics/files';
import { findBinary } from '../binaries';
import { applyObjects, loadKubeconfig, parseObjects } from './objects';
import { getFreePort, startProcess, type ManagedProcess } from '../managedProcess';
import { COLLECTION_FOLDER } from '../../projectRoot';

export interface ApiServerOptions {
  /** Folder for certificates, tokens, kubeconfig files, and the log. */
  dir: string;
  /** URL of etcd. */
  etcdUrl: string;
  /** Loopback port, a free one by default. */
  port?: number;
}

/** Users: an administrator, and the two collectors with the roles in rbac.yaml. */
export type ApiUser = 'admin' | 'kube-state-metrics' | 'exporter';

export interface ApiServer extends ManagedProcess {
  /** Path of a kubeconfig file by user, with token and CA. */
  kubeconfigs: Readonly<Record<ApiUser, string>>;
  /** Path of the CA certificate for its clients, PEM. */
  caFile: string;
}

const ROLES: ReadonlyArray<[ApiUser, string]> = [
  ['kube-state-metrics', KUBE_STATE_METRICS_ROLE],
  ['exporter', EXPORTER_ROLE],
];

/** Starts a Kubernetes API server on loopback with RBAC and without controllers or nodes: it only stores objects. */
export async function startApiServer({ dir, etcdUrl, port }: ApiServerOptions): Promise<ApiServer> {
  const certificates = path.join(dir, 'certificates');
  mkdirSync(certificates, { recursive: true, mode: 0o700 });
  const url = `https://127.0.0.1:${port ?? (await getFreePort())}`;
  const serviceAccountKey = path.join(certificates, 'service-account.key');
  writeFileSync(serviceAccountKey, createPrivateKey(), { mode: 0o600 });
  const tokens = createTokens();
  const tokenFile = path.join(certificates, 'tokens.csv');
  writeFileSync(tokenFile, formatTokenFile(tokens), { mode: 0o600 });
  const ca = path.join(certificates, 'apiserver.crt');

  const engine = await startProcess({
    name: 'kube-apiserver',
    binary: findBinary('kube-apiserver'),
    args: [
      `--etcd-servers=${etcdUrl}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${new URL(url).port}`,
      `--cert-dir=${certificates}`,
      `--token-auth-file=${tokenFile}`,
      '--authorization-mode=RBAC',
      '--endpoint-reconciler-type=none',
      '--disable-admission-plugins=ServiceAccount',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://sedna-ops.invalid',
      `--service-account-key-file=${serviceAccountKey}`,
      `--service-account-signing-key-file=${serviceAccountKey}`,
    ],
    dir,
    url,
    ready: () => isReady(url, ca, tokens.admin),
    timeoutMs: 120_000,
  });

  const kubeconfigs = writeKubeconfigs(dir, url, readFileSync(ca), tokens);
  try {
    const roles = parseObjects(path.join(COLLECTION_FOLDER, 'kube-state-metrics', 'rbac.yaml'));
    await applyObjects(loadKubeconfig(kubeconfigs.admin), [...roles, ...ROLES.map(createRoleBinding)]);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return { ...engine, kubeconfigs, caFile: ca };
}

type Tokens = Record<ApiUser, string>;

function createTokens(): Tokens {
  const token = () => randomBytes(24).toString('hex');
  return { admin: token(), 'kube-state-metrics': token(), exporter: token() };
}

function formatTokenFile(tokens: Tokens): string {
  const groups = (user: string) => (user === 'admin' ? 'system:masters' : 'system:authenticated');
  return Object.entries(tokens)
    .map(([user, token]) => `${token},${user},${user},"${groups(user)}"\n`)
    .join('');
}

function createPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
}

function isReady(url: string, caFile: string, token: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get(
      `${url}/readyz`,
      { ca: readFileSync(caFile), headers: { authorization: `Bearer ${token}` }, timeout: 5_000, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      }
    );
    request.on('timeout', () => request.destroy(new Error('No response within 5 s')));
    request.on('error', reject);
  });
}

function writeKubeconfigs(dir: string, url: string, ca: Buffer, tokens: Tokens): Record<ApiUser, string> {
  const write = (user: ApiUser) => {
    const file = path.join(dir, `kubeconfig-${user}.yaml`);
    const content = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'native', cluster: { server: url, 'certificate-authority-data': ca.toString('base64') } }],
      users: [{ name: user, user: { token: tokens[user] } }],
      contexts: [{ name: 'native', context: { cluster: 'native', user } }],
      'current-context': 'native',
    };
    writeFileSync(file, stringify(content, { lineWidth: 0 }), { mode: 0o600 });
    return file;
  };
  return { admin: write('admin'), 'kube-state-metrics': write('kube-state-metrics'), exporter: write('exporter') };
}

function createRoleBinding([user, role]: [ApiUser, string]): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    subjects: [{ kind: 'User', name: user, apiGroup: 'rbac.authorization.k8s.io' }],
    roleRef: { kind: 'ClusterRole', name: role, apiGroup: 'rbac.authorization.k8s.io' },
  } as KubernetesObject;
}
