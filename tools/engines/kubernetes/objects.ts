import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:https';
import path from 'node:path';
import { KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { waitFor } from '../wait';

/** Client configuration from a kubeconfig file. */
export function loadKubeconfig(file: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(file);
  return config;
}

/**
 * Reads the objects of a YAML file, or of all YAML files of a folder in the order of their names.
 * @throws for YAML that does not parse, naming the file
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
 * Creates or changes objects by server-side apply (the CRDs are too long for the annotation of a client-side one);
 * returns when CRDs among them are served.
 * @param subresource `status` to write only that; the objects must exist
 * @throws with the API server's message
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
 * Lets the API server check objects as if they were applied, by a server-side dry run that refuses fields it does not
 * know. Their namespaces must exist.
 * @returns for each object that it refuses one line with its kind, its name and the API server's message
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

/** Deletes an object; one that is not there is an error. */
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
 * Calls of the API with objects as they are: the client library's typed calls drop the fields of a CRD's schema whose
 * names hold a hyphen.
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
      throw new Error(`${apiVersion} ${kind} ${metadata?.name ?? 'without a name'}: the API server does not know it`);
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
      throw new Error(`${method} ${target} answered ${status}: ${getMessage(text)}`);
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
    call.on('timeout', () => call.destroy(new Error(`${options.method} ${url}: no answer within 30 s`)));
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
