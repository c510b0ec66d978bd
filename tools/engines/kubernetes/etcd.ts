import path from 'node:path';
import { findBinary } from '../binaries';
import { getFreePort, startProcess, type ManagedProcess } from '../managedProcess';
import { fetchText } from '../wait';

export interface EtcdOptions {
  /** Folder for its data and log. */
  dir: string;
  /** Loopback port for clients, a free one by default. */
  port?: number;
}

/** Starts etcd on loopback for the API server. */
export async function startEtcd({ dir, port }: EtcdOptions): Promise<ManagedProcess> {
  const url = `http://127.0.0.1:${port ?? (await getFreePort())}`;
  const peers = `http://127.0.0.1:${await getFreePort()}`;
  return startProcess({
    name: 'etcd',
    binary: findBinary('etcd'),
    args: [
      `--data-dir=${path.join(dir, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      '--quota-backend-bytes=1073741824',
    ],
    dir,
    url,
    ready: async () => (await fetchText(`${url}/health`)).includes('"true"'),
  });
}
