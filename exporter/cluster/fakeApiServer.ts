/**
 * Fake Kubernetes API with Sedna's resources over HTTP, for behavior that a real one rarely shows and for the
 * benchmark: paginated lists, watches that replay changes since a version, and failures on demand.
 */
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeObject {
  metadata: { namespace: string; name: string; uid: string; resourceVersion?: string };
  [field: string]: unknown;
}

interface Change {
  version: number;
  resource: string;
  line: string;
}

interface OpenWatch {
  resource: string;
  response: ServerResponse;
}

const PATH = /^\/(?:apis\/sedna\.io\/v1alpha1|api\/v1)\/(?:namespaces\/([^/]+)\/)?([a-z]+)$/;

export class FakeApiServer {
  /** Requests such as `list models limit=100` and `watch models from 12`, oldest first. */
  readonly requests: string[] = [];

  private readonly objects = new Map<string, Map<string, string>>();
  private readonly statusByResource = new Map<string, number>();
  private readonly watches = new Set<OpenWatch>();
  private changes: Change[] = [];
  private version = 1;
  /** Watches from an older version, and lists that started before it, get 410. */
  private oldestVersion = 0;

  private constructor(private readonly server: Server) {}

  /** @param resources plurals of the installed resources; others get 404 */
  static async start(resources: readonly string[]): Promise<FakeApiServer> {
    const server = createServer((request, response) => fake.handle(request, response));
    const fake: FakeApiServer = new FakeApiServer(server);
    resources.forEach((resource) => fake.objects.set(resource, new Map()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Writes a kubeconfig file for this server. */
  writeKubeconfig(file: string): void {
    const cluster = { server: this.url, 'insecure-skip-tls-verify': true };
    writeFileSync(
      file,
      JSON.stringify({
        clusters: [{ name: 'fake', cluster }],
        users: [{ name: 'fake', user: {} }],
        contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
        'current-context': 'fake',
      })
    );
  }

  /** Adds a resource, as a new CRD does. */
  install(resource: string): void {
    this.objects.set(resource, new Map());
  }

  put(resource: string, object: FakeObject): void {
    const objects = this.objects.get(resource)!;
    const key = getKey(object);
    this.change(resource, objects.has(key) ? 'MODIFIED' : 'ADDED', object, (text) => objects.set(key, text));
  }

  delete(resource: string, object: FakeObject): void {
    this.change(resource, 'DELETED', object, () => this.objects.get(resource)!.delete(getKey(object)));
  }

  /** Removes an object without an event. */
  deleteWithoutEvent(resource: string, object: FakeObject): void {
    this.objects.get(resource)!.delete(getKey(object));
  }

  bookmark(resource: string): void {
    this.change(resource, 'BOOKMARK', { metadata: {} as FakeObject['metadata'] }, () => undefined);
  }

  /** Responds to lists and watches of a resource with a status; undefined restores normal responses. */
  respondWith(resource: string, status?: number): void {
    if (status === undefined) {
      this.statusByResource.delete(resource);
    } else {
      this.statusByResource.set(resource, status);
    }
  }

  /** Drops all changes, so that watches from earlier versions get 410. */
  compact(): void {
    this.version++;
    this.oldestVersion = this.version;
    this.changes = [];
  }

  /** Returns the number of open watches of a resource. */
  countWatches(resource: string): number {
    return [...this.watches].filter((watch) => watch.resource === resource).length;
  }

  /** Ends the watches of a resource, like the API server does (`end`) or by cutting the connection (`cut`). */
  endWatches(resource: string, how: 'end' | 'cut'): void {
    this.getWatches(resource).forEach(({ response }) => (how === 'end' ? response.end() : response.destroy()));
  }

  /** Sends raw text to the watches of a resource. */
  send(resource: string, text: string): void {
    this.getWatches(resource).forEach(({ response }) => response.write(text));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private getWatches(resource: string): OpenWatch[] {
    return [...this.watches].filter((watch) => watch.resource === resource);
  }

  private change(resource: string, type: string, object: FakeObject, apply: (text: string) => void): void {
    this.version++;
    const versioned = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } };
    const text = JSON.stringify(versioned);
    apply(text);
    const line = `{"type":"${type}","object":${text}}\n`;
    this.changes.push({ version: this.version, resource, line });
    this.send(resource, line);
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    const [, namespace, resource = ''] = PATH.exec(url.pathname) ?? [];
    const status = this.statusByResource.get(resource) ?? (this.objects.has(resource) ? 200 : 404);
    if (status !== 200) {
      this.requests.push(`${status} ${resource}`);
      sendError(response, status);
    } else if (url.searchParams.get('watch') === 'true') {
      this.watch(resource, Number(url.searchParams.get('resourceVersion')), response);
    } else if (namespace !== undefined) {
      this.listOne(resource, namespace, url.searchParams.get('fieldSelector'), response);
    } else {
      this.list(resource, url.searchParams, response);
    }
  }

  /** Lists one object: only a field selector with its name is supported. */
  private listOne(resource: string, namespace: string, selector: string | null, response: ServerResponse): void {
    const name = /^metadata\.name=(.+)$/.exec(selector ?? '')?.[1];
    this.requests.push(`list ${resource} ${namespace}/${name}`);
    const object = this.objects.get(resource)!.get(`${namespace}/${name}`) ?? '';
    response.end(`{"kind":"List","metadata":{"resourceVersion":"${this.version}"},"items":[${object}]}`);
  }

  private list(resource: string, query: URLSearchParams, response: ServerResponse): void {
    const limit = Number(query.get('limit'));
    this.requests.push(`list ${resource} limit=${limit}`);
    const [from, version] = (query.get('continue') ?? `0.${this.version}`).split('.').map(Number);
    if (version < this.oldestVersion) {
      sendError(response, 410);
      return;
    }
    const objects = [...this.objects.get(resource)!.values()];
    const next = from + limit < objects.length ? `${from + limit}.${version}` : '';
    const metadata = JSON.stringify({ resourceVersion: String(version), continue: next });
    response.end(`{"kind":"List","metadata":${metadata},"items":[${objects.slice(from, from + limit).join(',')}]}`);
  }

  private watch(resource: string, version: number, response: ServerResponse): void {
    this.requests.push(`watch ${resource} from ${version}`);
    response.writeHead(200);
    response.flushHeaders();
    if (version < this.oldestVersion) {
      response.end('{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old resource version"}}\n');
      return;
    }
    const watch = { resource, response };
    this.watches.add(watch);
    response.on('close', () => this.watches.delete(watch));
    const missed = this.changes.filter((change) => change.version > version && change.resource === resource);
    response.write(missed.map(({ line }) => line).join(''));
  }
}

const getKey = ({ metadata }: FakeObject) => `${metadata.namespace}/${metadata.name}`;

function sendError(response: ServerResponse, code: number): void {
  response.writeHead(code).end(JSON.stringify({ kind: 'Status', code, message: `status ${code}` }));
}
