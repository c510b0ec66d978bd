import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { waitFor } from '../../tools/engines/wait';
import { createLogFileWriter } from './logFile';
import { JournalOutput } from './output';

const batch = (onWritten: () => void, ...lines: string[]) => ({ lines, onWritten });

function create(write: (bytes: Uint8Array) => number, bytesPerSecond = 1e9) {
  const errors: string[] = [];
  return { output: new JournalOutput({ write, bytesPerSecond, onError: (message) => errors.push(message) }), errors };
}

describe('output of the journal', () => {
  it('writes whole lines in order although each write takes a part, and then says so', async () => {
    let text = '';
    const done: string[] = [];
    const { output } = create((bytes) => {
      const part = Buffer.from(bytes.subarray(0, 3)).toString('latin1');
      text += part;
      return part.length;
    });
    output.push(batch(() => done.push(`a after ${text.length}`), '{"first":1}', '{"second":2}'));
    output.push(batch(() => done.push(`b after ${text.length}`), '{"third":3}'));
    await waitFor('all', () => !output.isBusy);
    assert.equal(text, '{"first":1}\n{"second":2}\n{"third":3}\n');
    assert.deepEqual(done, ['a after 25', 'b after 37']);
  });

  it('tries again after a failure, without a repeat', async () => {
    let text = '';
    let failures = 2;
    const { output, errors } = create((bytes) => {
      if (failures-- > 0) {
        throw new Error('the reader is gone');
      }
      text += Buffer.from(bytes).toString();
      return bytes.length;
    });
    output.push(batch(() => undefined, 'a', 'b'));
    assert.equal(output.backlog, 2);
    await waitFor('all', () => !output.isBusy);
    assert.equal(text, 'a\nb\n');
    assert.deepEqual(errors, ['the reader is gone', 'the reader is gone']);
    assert.equal(output.backlog, 0);
  });

  it('waits for a reader when it is closed', async () => {
    let text = '';
    let refusals = 3;
    const { output, errors } = create((bytes) => {
      if (refusals-- > 0) {
        throw Object.assign(new Error('full'), { code: 'EAGAIN' });
      }
      text += Buffer.from(bytes).toString();
      return bytes.length;
    });
    output.push(batch(() => undefined, 'a', 'b'));
    await output.close();
    assert.equal(text, 'a\nb\n');
    assert.deepEqual(errors, []);
  });

  it('keeps to the rate, and writes the rest at once when it is closed', async () => {
    let written = 0;
    const { output } = create((bytes) => (written += bytes.length) && bytes.length, 1_000);
    const line = 'x'.repeat(99);
    for (let index = 0; index < 100; index++) {
      output.push(batch(() => undefined, line));
    }
    // The burst of two seconds, and little more.
    await waitFor('the burst', () => written >= 2_000);
    assert.ok(written < 5_000, String(written));
    assert.ok(output.backlogLength > 5_000);
    const waiting = output.waitBelow(100);
    await output.close();
    await waiting;
    assert.equal(written, 10_000);
  });
});

describe('a log file of the journal', () => {
  it('has lines as a container runtime writes them, and is rotated', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-journal-')), 'pods', '0.log');
    const write = createLogFileWriter(file, 100);
    ['a', 'b', 'c', 'd'].forEach((line) => write(Buffer.from(`{"${line}":1}\n`)));
    const lines = [`${file}.1`, file].flatMap((each) => readFileSync(each, 'utf8').trimEnd().split('\n'));
    assert.deepEqual(
      lines.map((line) => line.replace(/^\S+Z /, '')),
      ['a', 'b', 'c', 'd'].map((line) => `stdout F {"${line}":1}`)
    );
  });
});
