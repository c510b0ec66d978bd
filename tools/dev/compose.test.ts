import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../projectRoot';
import { parseHistoryEnd, startCompose, type Compose } from './compose';

const HISTORY_END = Math.floor(Date.now() / 1000) - 60;

/** Docker Compose that records its commands, without the files. */
function createCompose(failing?: string) {
  const commands: string[] = [];
  const compose: Compose = async (command) => {
    const text = command.join(' ').replace(/--(file|project-name) \S+ /g, '');
    commands.push(text);
    if (failing && text.startsWith(failing)) {
      throw new Error(`${failing} failed`);
    }
    if (text.includes('index.html')) {
      return '<head></head>';
    }
    return text.includes('range') ? `FROM=1\nTO=${HISTORY_END}\n` : '';
  };
  return { compose, commands };
}

const READ_PAGE = 'run --rm --no-deps -T --entrypoint cat grafana /usr/share/grafana/public/views/index.html';
const CREATE = [
  'down --volumes',
  'up --build --wait --wait-timeout 1800 --scale grafana=0',
  'exec -T sedna cat /history/range',
  'stop',
];
const SERVE = 'up --wait --no-deps grafana prometheus loki';

const options = (dir: string, compose: Compose, key = 'a') => ({
  dir,
  key,
  grafanaPort: 3055,
  log: () => undefined,
  compose,
});

const createFolder = () => mkdtempSync(path.join(tmpdir(), 'sedna-ops-compose-'));

describe('startCompose', () => {
  it('creates the volumes once, and then only serves them', async () => {
    const dir = createFolder();
    const first = createCompose();
    const { url } = await startCompose(options(dir, first.compose));
    assert.equal(url, 'http://127.0.0.1:3055');
    assert.deepEqual(first.commands, [READ_PAGE, ...CREATE, SERVE]);

    const second = createCompose();
    const { stop } = await startCompose(options(dir, second.compose));
    await stop();
    assert.deepEqual(second.commands, [READ_PAGE, SERVE, 'stop']);
  });

  it('creates the volumes again when the sources of the data change', async () => {
    const dir = createFolder();
    await startCompose(options(dir, createCompose().compose, 'a'));
    const { compose, commands } = createCompose();
    await startCompose(options(dir, compose, 'b'));
    assert.deepEqual(commands, [READ_PAGE, ...CREATE, SERVE]);
  });

  it('creates the volumes again after it failed to', async () => {
    const dir = createFolder();
    await assert.rejects(startCompose(options(dir, createCompose('exec').compose)), /exec failed/);
    const { compose, commands } = createCompose();
    await startCompose(options(dir, compose));
    assert.deepEqual(commands, [READ_PAGE, ...CREATE, SERVE]);
  });

  it('sets the clock of the page half an hour before the end of the history', async () => {
    const dir = createFolder();
    await startCompose(options(dir, createCompose().compose));
    assert.ok(readFileSync(path.join(dir, 'index.html'), 'utf8').includes(`${(HISTORY_END - 1800) * 1000} -`));
  });

  it('ignores a record that is not JSON', async () => {
    const dir = createFolder();
    writeFileSync(path.join(dir, 'snapshot.json'), '{');
    const { compose, commands } = createCompose();
    await startCompose(options(dir, compose));
    assert.equal(commands[1], CREATE[0]);
    assert.ok(existsSync(path.join(dir, 'snapshot.json')));
  });
});

describe('parseHistoryEnd', () => {
  it('reads the end', () => {
    assert.deepEqual(parseHistoryEnd('FROM=1\nTO=86400\n'), new Date(86_400_000));
  });

  it('refuses a text without an end', () => {
    assert.throws(() => parseHistoryEnd('FROM=1\n'), /doesn't name the end of the history/);
  });
});

describe('compose.yaml', () => {
  const read = (file: string) =>
    parse(readFileSync(path.join(PROJECT_ROOT, file), 'utf8'), { logLevel: 'error' }) as {
      services: Record<string, unknown>;
    };

  it('changes only services of the demo', () => {
    const known = Object.keys(read('docker-compose.yaml').services);
    assert.deepEqual(
      Object.keys(read('tools/dev/compose.yaml').services).filter((name) => !known.includes(name)),
      []
    );
  });
});
