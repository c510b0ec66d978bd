import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import { createTemporaryFolder } from './support/folder';
import { startGateway, skipWithoutNginx } from './support/gateway';
import { queryLoki } from './support/queries';

describe('gateway of a real Loki', { skip: skipWithoutNginx }, () => {
  const stack = new ProcessGroup();
  const dir = createTemporaryFolder();
  let loki: ManagedProcess;
  let gateway: ManagedProcess;

  before(async () => {
    loki = await stack.add(startLoki({ dir }));
    gateway = await stack.add(startGateway(dir, loki.url));
  });
  after(() => stack.stop());

  async function push(url: string, line: string): Promise<number> {
    const stream = { namespace: 'sedna', pod: 'gm-0', container: 'gm', node: 'cloud-node' };
    const body = { streams: [{ stream, values: [[`${Date.now()}000000`, line]] }] };
    const response = await fetch(`${url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  }

  const lines = async (url: string) => (await queryLoki(url, '{pod="gm-0"}')).flatMap((stream) => stream.lines);

  test('returns lines that were pushed to Loki, and rejects pushed lines', async () => {
    assert.equal(await push(loki.url, 'allowed'), 204);
    assert.equal(await push(gateway.url, 'forged'), 403);
    await waitFor('the line', async () => (await lines(gateway.url)).length > 0);
    assert.deepEqual(await lines(gateway.url), ['allowed']);
    assert.deepEqual(await lines(loki.url), ['allowed']);
  });

  test('answers a query in the body of a POST request', async () => {
    const response = await fetch(`${gateway.url}/loki/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query: 'sum(count_over_time({pod="gm-0"}[1h]))' }),
    });
    const { data } = (await response.json()) as { data: { result: Array<{ value: [number, string] }> } };
    assert.equal(data.result[0].value[1], '1');
  });

  test('returns labels, label values, and build information', async () => {
    for (const path of ['labels', 'label/pod/values', 'series?match[]={pod="gm-0"}', 'status/buildinfo']) {
      const response = await fetch(`${gateway.url}/loki/api/v1/${path}`);
      assert.equal(response.status, 200, path);
      assert.match(
        await response.text(),
        path === 'labels' ? /namespace/ : path === 'status/buildinfo' ? /version/ : /gm-0/
      );
    }
  });

  test('streams new lines through the live tail', async () => {
    const query = encodeURIComponent('{pod="gm-0"}');
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/loki/api/v1/tail?query=${query}`);
    const seen: string[] = [];
    socket.addEventListener('message', ({ data }) => seen.push(String(data)));
    try {
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('error', () => reject(new Error('the gateway did not open the WebSocket')));
      });
      await push(loki.url, 'live');
      await waitFor('the new line', () => seen.some((message) => message.includes('"live"')));
    } finally {
      socket.close();
    }
  });

  test('rejects everything except queries, and keeps working', async () => {
    for (const [method, path] of [
      ['POST', '/flush'],
      ['POST', '/ingester/shutdown'],
      ['GET', '/config'],
      ['POST', '/loki/api/v1/delete?query={pod="gm-0"}&start=0'],
      ['POST', '/loki/api/v1/rules/sedna'],
    ]) {
      assert.equal((await fetch(`${gateway.url}${path}`, { method })).status, 403, path);
    }
    assert.deepEqual(await lines(gateway.url), ['allowed', 'live']);
  });
});
