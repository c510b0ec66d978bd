import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:https';
import path from 'node:path';
import { KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { waitFor } from '../wait';

/** Returns the client configuration in a kubeconfig file. */
export function loadKubeconfig(file: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(file);
  return config;
}

/**
 * Parses the objects in a YAML file, or in all YAML files of a folder ordered by name.
 * @throws if a file isn't valid YAML, with its path
 */
export function parseObjects(fileOrFolder: string): KubernetesObject[] {
  const isFile = /\.ya?ml$/.test(fileOrFolder);
  const files = isFile ? [fileOrFolder] : findYamlFiles(fileOrFolder);
  return files.flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
      if (document.errors.length > 0) {
        throw new Error(`${file}: ${document.errors[0].message}`);
      }
      return (document.toJS() as KubernetesObject | null) ?? [];
    })
  );
}

function findYamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/**
 * Creates or updates objects by server-side apply, and waits until CRDs among them are served. The CRDs are too long for
 * the annotation of a client-side apply.
 * @param subresource `status` updates only the status of existing objects
 * @throws with the message of the API server
 */
export async function applyObjects(
  config: KubeConfig,
  objects: readonly KubernetesObject[],
  subresource?: 'status'
): Promise<void> {
  const api = new Api(config);
  try {
    for (const object of objects) {
      const target = `${await api.buildPath(object)}${subresource ? `/${subresource}` : ''}`;
      await api.call('PATCH', `${target}?fieldManager=sedna-ops&force=true`, object);
    }
    for (const crd of objects.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
      const target = await api.buildPath(crd);
      await waitFor(`${crd.metadata?.name} to be served`, async () => isEstablished(await api.call('GET', target)));
    }
  } finally {
    api.close();
  }
}

/**
 * Validates objects by a server-side dry run that rejects unknown fields. Their namespaces must exist.
 * @returns one line per rejected object with its kind, its name, and the message of the API server
 */
export async function validateObjects(config: KubeConfig, objects: readonly KubernetesObject[]): Promise<string[]> {
  const api = new Api(config);
  const rejections: string[] = [];
  try {
    for (const object of objects) {
      try {
        const query = 'fieldManager=sedna-ops&force=true&dryRun=All&fieldValidation=Strict';
        await api.call('PATCH', `${await api.buildPath(object)}?${query}`, object);
      } catch (error) {
        rejections.push(`${object.kind} ${object.metadata?.name}: ${(error as Error).message}`);
      }
    }
  } finally {
    api.close();
  }
  return rejections;
}

/** Deletes an object. @throws if it doesn't exist */
export async function deleteObject(config: KubeConfig, object: KubernetesObject): Promise<void> {
  const api = new Api(config);
  try {
    await api.call('DELETE', await api.buildPath(object));
  } finally {
    api.close();
  }
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/**
 * Minimal client that sends objects unchanged. The typed calls of the client library drop fields of a CRD schema whose
 * names contain a hyphen.
 */
class Api {
  private readonly agent: Agent;
  private readonly resources = new Map<string, ApiResource[]>();

  constructor(private readonly config: KubeConfig) {
    const ca = Buffer.from(config.getCurrentCluster()?.caData ?? '', 'base64').toString();
    this.agent = new Agent({ keepAlive: true, ca: ca || undefined });
  }

  close(): void {
    this.agent.destroy();
  }

  async buildPath({ apiVersion = '', kind = '', metadata }: KubernetesObject): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.findResource(root, kind, true)) ?? (await this.findResource(root, kind, false));
    if (!resource || !metadata?.name) {
      throw new Error(`${apiVersion} ${kind} ${metadata?.name ?? 'without a name'}: the API server has no such kind`);
    }
    const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${namespace}/${resource.name}/${metadata.name}`;
  }

  async call(method: string, target: string, body?: object): Promise<unknown> {
    const options: RequestOptions = { method, timeout: 30_000 };
    await this.config.applyToHTTPSOptions(options);
    const type = body && { 'content-type': 'application/apply-patch+yaml' };
    options.headers = { ...options.headers, accept: 'application/json', ...type };
    options.agent = this.agent;
    const url = `${this.config.getCurrentCluster()?.server}${target}`;
    const { status, text } = await send(url, options, body && JSON.stringify(body));
    if (status < 200 || status >= 300) {
      throw new Error(`${method} ${target} responded with ${status}: ${getMessage(text)}`);
    }
    return JSON.parse(text);
  }

  private async findResource(root: string, kind: string, fromCache: boolean): Promise<ApiResource | undefined> {
    if (!fromCache || !this.resources.has(root)) {
      const list = (await this.call('GET', root)) as { resources: ApiResource[] };
      this.resources.set(root, list.resources);
    }
    return this.resources.get(root)?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  }
}

function send(url: string, options: RequestOptions, body?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on('timeout', () => call.destroy(new Error(`${options.method} ${url}: no response within 30 s`)));
    call.on('error', reject).end(body);
  });
}

function getMessage(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return text.slice(0, 300);
  }
}

function isEstablished(crd: unknown): boolean {
  const { status } = crd as { status?: { conditions?: Array<{ type: string; status: string }> } };
  return (status?.conditions ?? []).some(({ type, status }) => type === 'Established' && status === 'True');
}
