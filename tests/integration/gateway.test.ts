import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { waitFor, type ManagedProcess } from '../../tools/engines';
import { createTemporaryFolder } from './support/folder';
import { startGateway, skipWithoutNginx } from './support/gateway';

/** Sends a raw request, because HTTP clients normalize the path. @returns the status */
function raw(port: number, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${JSON.stringify(request)}`)));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
      if (status) {
        socket.destroy();
        resolve(Number(status));
      }
    });
    socket.on('error', reject);
    socket.on('end', () => reject(new Error(`closed without an answer to ${JSON.stringify(request)}`)));
  });
}

describe('read-only gateway of Loki', { skip: skipWithoutNginx }, () => {
  const dir = createTemporaryFolder();
  let upstream: Server;
  let gateway: ManagedProcess;
  let port: number;
  /** Requests that reached the fake Loki in a test: method, raw path, and headers. */
  let seen: Array<{ method?: string; url?: string; headers: IncomingMessage['headers'] }> = [];

  before(async () => {
    upstream = createServer((request, response) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers });
      request.resume().on('end', () => response.end('{"status":"success"}'));
    });
    upstream.on('upgrade', (request, socket) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers });
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    gateway = await startGateway(dir, `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`, 'sedna');
    port = Number(new URL(gateway.url).port);
  });

  after(async () => {
    await gateway?.stop();
    await new Promise((resolve) => upstream?.close(resolve));
  });

  async function ask(method: string, target: string, { headers = '', body = '' } = {}): Promise<number> {
    seen = [];
    const length = body ? `Content-Length: ${body.length}\r\n` : '';
    return raw(port, `${method} ${target} HTTP/1.1\r\nHost: loki\r\n${headers}${length}\r\n${body}`);
  }

  for (const target of [
    '/loki/api/v1/query?query=vector(1)%2Bvector(1)',
    '/loki/api/v1/query_range?query=%7Bnamespace%3D%22sedna%22%7D%20%7C%3D%20%22a%2Fb%22&limit=10',
    '/loki/api/v1/labels',
    '/loki/api/v1/label/namespace/values?query=%7Bpod%3D%22gm%22%7D',
    '/loki/api/v1/series',
    '/loki/api/v1/index/stats',
    '/loki/api/v1/index/volume',
    '/loki/api/v1/index/volume_range',
    '/loki/api/v1/patterns',
    '/loki/api/v1/detected_fields',
    '/loki/api/v1/detected_field/k8s.pod-name/values',
    '/loki/api/v1/status/buildinfo',
    '/loki/api/v1/rules',
    '/prometheus/api/v1/rules',
  ]) {
    test(`lets through ${target.replace(/\?.*/, '')} with its parameters`, async () => {
      assert.equal(await ask('GET', target), 200);
      assert.deepEqual(
        seen.map(({ url }) => url),
        [target]
      );
    });
  }

  test('forwards a query in the body of a POST request', async () => {
    const headers = 'Content-Type: application/x-www-form-urlencoded\r\n';
    assert.equal(await ask('POST', '/loki/api/v1/query_range', { headers, body: 'query=%7Bpod%3D%22gm%22%7D' }), 200);
    assert.equal(seen[0].method, 'POST');
  });

  test('overwrites the tenant of the client', async () => {
    assert.equal(await ask('GET', '/loki/api/v1/labels', { headers: 'X-Scope-OrgID: other\r\n' }), 200);
    assert.equal(seen[0].headers['x-scope-orgid'], 'sedna');
  });

  test('upgrades only the live tail to a WebSocket, with the same tenant', async () => {
    const headers = 'Upgrade: websocket\r\nConnection: Upgrade\r\nX-Scope-OrgID: other\r\n';
    assert.equal(await ask('GET', '/loki/api/v1/tail?query=%7Bpod%3D%22gm%22%7D', { headers }), 101);
    assert.equal(seen[0].url, '/loki/api/v1/tail?query=%7Bpod%3D%22gm%22%7D');
    assert.equal(seen[0].headers['x-scope-orgid'], 'sedna');
    assert.equal(await ask('GET', '/loki/api/v1/query', { headers }), 200);
    assert.equal(seen[0].headers.upgrade, undefined);
  });

  /** Asserts that a request is rejected and doesn't reach Loki. */
  const refusals: Array<[method: string, target: string]> = [
    ['POST', '/loki/api/v1/push'],
    ['POST', '/otlp/v1/logs'],
    ['POST', '/api/prom/push'],
    ['GET', '/api/prom/query'],
    ['POST', '/flush'],
    ['GET', '/flush'],
    ['POST', '/ingester/shutdown'],
    ['GET', '/ingester/prepare_shutdown'],
    ['POST', '/ingester/flush_shutdown'],
    ['GET', '/config'],
    ['GET', '/metrics'],
    ['GET', '/services'],
    ['GET', '/ring'],
    ['POST', '/log_level'],
    ['GET', '/debug/pprof/heap'],
    ['POST', '/loki/api/v1/delete?query=%7Bpod%3D%22gm%22%7D'],
    ['PUT', '/loki/api/v1/delete'],
    ['GET', '/loki/api/v1/delete'],
    ['DELETE', '/loki/api/v1/delete'],
    ['POST', '/loki/api/v1/rules/sedna'],
    ['POST', '/loki/api/v1/rules'],
    ['DELETE', '/loki/api/v1/rules/sedna/group'],
    ['POST', '/api/prom/rules/sedna'],
    ['POST', '/loki/api/v1/tail'],
    ['DELETE', '/loki/api/v1/query'],
    ['PUT', '/loki/api/v1/series'],
    ['POST', '/loki/api/v1/label/pod/values'],
    ['GET', '/'],
    // Paths that another server can interpret differently.
    ['POST', '/loki/api/v1/query/../push'],
    ['POST', '/loki/api/v1/query/%2e%2e/push'],
    ['POST', '/loki/api/v1/query%2f..%2fpush'],
    ['POST', '/loki/api/v1/query/%2e%2e%2fpush'],
    ['POST', '/loki/api/v1/query%252f..%252fpush'],
    ['POST', '/loki/api/v1/query/..;/push'],
    ['POST', '//loki//api/v1//push'],
    ['POST', '/loki/api/v1/./push'],
    ['POST', '/loki/api/v1/%70ush'],
    ['POST', '/loki/api/v1/push/'],
    ['POST', '/loki/api/v1/PUSH'],
    ['POST', '/loki/api/v1/push%3Fquery'],
    ['POST', '/loki/api/v1/push?/loki/api/v1/query'],
    ['POST', '/loki/api/v1/query%3F/../push'],
    ['GET', '/loki/api/v1/query%0a'],
    ['GET', '/loki/api/v1/query%0d%0aX-Scope-OrgID:%20other'],
    ['GET', '/loki/api/v1/label/..%2f..%2fpush/values'],
    ['GET', '/loki/api/v1/label/%2e%2e/values'],
    ['GET', '/loki/api/v1/label/a%0a/values'],
    ['GET', '/loki/api/v1/detected_field/%252e%252e/values'],
    ['POST', 'http://loki/loki/api/v1/push'],
  ];
  for (const [method, target] of refusals) {
    test(`refuses ${method} ${target}`, async () => {
      assert.equal(await ask(method, target), 403);
      assert.deepEqual(seen, []);
    });
  }

  test('forwards the normalized path, not the raw one', async () => {
    for (const target of [
      '/loki/api/v1/push/../query',
      '/loki/api/v1/push/%2e%2e/query',
      '/loki//api/v1/%71uery',
      'http://other/loki/api/v1/query',
    ]) {
      assert.equal(await ask('POST', `${target}?query=a`), 200, target);
      assert.deepEqual(
        seen.map(({ url }) => url),
        ['/loki/api/v1/query?query=a'],
        target
      );
    }
  });

  test("rejects a path with a null byte, and requests that aren't HTTP", async () => {
    assert.equal(await ask('GET', '/loki/api/v1/query%00/push'), 400);
    assert.equal(await ask('GET', '/../loki/api/v1/query'), 400);
    assert.deepEqual(seen, []);
  });

  test("doesn't read a second request from the body of the first", async () => {
    seen = [];
    const smuggled = 'POST /loki/api/v1/push HTTP/1.1\r\nHost: loki\r\n\r\n';
    const both = `Content-Length: ${smuggled.length}\r\nTransfer-Encoding: chunked\r\n`;
    assert.equal(
      await raw(port, `POST /loki/api/v1/query HTTP/1.1\r\nHost: loki\r\n${both}\r\n0\r\n\r\n${smuggled}`),
      400
    );
    assert.deepEqual(seen, []);
  });

  test('explains a rejection', async () => {
    const response = await fetch(`${gateway.url}/loki/api/v1/push`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 403);
    assert.equal(await response.text(), 'This gateway only allows queries to Loki.\n');
  });

  test('rejects a body that is too large for a query', async () => {
    const response = await fetch(`${gateway.url}/loki/api/v1/query`, { method: 'POST', body: 'a'.repeat(300_000) });
    assert.equal(response.status, 413);
  });

  test('logs rejected requests', async () => {
    await ask('POST', '/loki/api/v1/push');
    await waitFor('a line about it', () => readFileSync(gateway.logFile, 'utf8').includes('POST /loki/api/v1/push'));
  });
});
