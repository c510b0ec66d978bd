/**
 * A Kubernetes API of Sedna's resources over HTTP, for tests of what a real one does rarely, and for the benchmark:
 * lists in pages, watches with every change since a version, and failures on demand.
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

interface Watch {
  resource: string;
  response: ServerResponse;
}

const PATH = /^\/apis\/sedna\.io\/v1alpha1\/([a-z]+)$/;

export class FakeApiServer {
  /** Requests as `list models limit=100` and `watch models from 12`, oldest first. */
  readonly requests: string[] = [];

  private readonly objects = new Map<string, Map<string, string>>();
  private readonly answers = new Map<string, number>();
  private readonly watches = new Set<Watch>();
  private changes: Change[] = [];
  private version = 1;
  /** Watches from an older version, and lists that began before it, get 410. */
  private oldest = 0;

  private constructor(private readonly server: Server) {}

  /** @param resources plurals that it knows; others are answered with 404 */
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

  /** Writes a kubeconfig file that leads here. */
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

  /** Makes a resource known, as a new CRD does. */
  install(resource: string): void {
    this.objects.set(resource, new Map());
  }

  put(resource: string, object: FakeObject): void {
    const objects = this.objects.get(resource)!;
    const key = keyOf(object);
    this.change(resource, objects.has(key) ? 'MODIFIED' : 'ADDED', object, (text) => objects.set(key, text));
  }

  delete(resource: string, object: FakeObject): void {
    this.change(resource, 'DELETED', object, () => this.objects.get(resource)!.delete(keyOf(object)));
  }

  /** Removes an object without a word to anyone, as if the event was lost. */
  deleteInSilence(resource: string, object: FakeObject): void {
    this.objects.get(resource)!.delete(keyOf(object));
  }

  bookmark(resource: string): void {
    this.change(resource, 'BOOKMARK', { metadata: {} as FakeObject['metadata'] }, () => undefined);
  }

  /** Answers lists and watches of a resource with a status from now on; without one as usual. */
  answerWith(resource: string, status?: number): void {
    if (status === undefined) {
      this.answers.delete(resource);
    } else {
      this.answers.set(resource, status);
    }
  }

  /** Forgets the past: who goes on from there gets 410. */
  compact(): void {
    this.version++;
    this.oldest = this.version;
    this.changes = [];
  }

  /** How many watches of a resource are open. */
  watching(resource: string): number {
    return [...this.watches].filter((watch) => watch.resource === resource).length;
  }

  /** Ends the watches of a resource: as the API server does, or by cutting the connection. */
  endWatches(resource: string, how: 'end' | 'cut'): void {
    this.ofResource(resource).forEach(({ response }) => (how === 'end' ? response.end() : response.destroy()));
  }

  /** Sends a text to the watches of a resource as it is. */
  send(resource: string, text: string): void {
    this.ofResource(resource).forEach(({ response }) => response.write(text));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private ofResource(resource: string): Watch[] {
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
    const resource = PATH.exec(url.pathname)?.[1] ?? '';
    const status = this.answers.get(resource) ?? (this.objects.has(resource) ? 200 : 404);
    if (status !== 200) {
      this.requests.push(`${status} ${resource}`);
      fail(response, status);
    } else if (url.searchParams.get('watch') === 'true') {
      this.watch(resource, Number(url.searchParams.get('resourceVersion')), response);
    } else {
      this.list(resource, url.searchParams, response);
    }
  }

  private list(resource: string, query: URLSearchParams, response: ServerResponse): void {
    const limit = Number(query.get('limit'));
    this.requests.push(`list ${resource} limit=${limit}`);
    const [from, version] = (query.get('continue') ?? `0.${this.version}`).split('.').map(Number);
    if (version < this.oldest) {
      fail(response, 410);
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
    if (version < this.oldest) {
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

const keyOf = ({ metadata }: FakeObject) => `${metadata.namespace}/${metadata.name}`;

function fail(response: ServerResponse, code: number): void {
  response.writeHead(code).end(JSON.stringify({ kind: 'Status', code, message: `answered ${code}` }));
}
