/** The journal of a recording of a real Sedna: each version of each object is put as the watch brought it. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { formatHash, hashCondition, replayConditions } from '../../src/sedna/journal';
import { findKind, KIND_NAMES } from '../../src/sedna/kinds';
import { countByWhat, parseAll, TestJournal, type TestObject } from './testUtils';

interface RecordedEvent {
  time: string;
  event: string;
  object: TestObject;
}

const FOLDER = path.join(__dirname, '../../../shared/sedna/real');
const skip = existsSync(FOLDER) ? false : `no recording in ${FOLDER}`;
const KINDS = [...KIND_NAMES, 'Pod', 'Node'];

const readEvents = (): RecordedEvent[] =>
  gunzipSync(readFileSync(path.join(FOLDER, 'objects.jsonl.gz')))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RecordedEvent)
    .filter(({ object }) => KINDS.includes(object.kind));

const getConditions = ({ status }: TestObject): unknown[] =>
  ((status as { conditions?: unknown[] } | undefined)?.conditions ?? []) as unknown[];

/** Returns the hashes of all conditions that an object ever had, and of those that it has at the end. */
function getTruth(events: readonly RecordedEvent[]) {
  const ever = new Map<string, Set<string>>();
  const last = new Map<string, string[]>();
  for (const { object } of events.filter((each) => findKind(each.object.kind))) {
    const hashes = getConditions(object).map((condition) => formatHash(hashCondition(condition)));
    ever.set(object.metadata.uid, new Set([...(ever.get(object.metadata.uid) ?? []), ...hashes]));
    last.set(object.metadata.uid, hashes);
  }
  return { ever, last };
}

function getReplayed(lines: readonly string[]) {
  const { entries } = parseAll(lines);
  const uids = new Set(entries.flatMap(({ uid }) => uid ?? []));
  return new Map([...uids].map((uid) => [uid, replayConditions(entries.filter((entry) => entry.uid === uid))]));
}

describe('the journal of a recording', { skip }, () => {
  it('has each condition that any object ever had once, and tells those that the object lost', async () => {
    const events = readEvents();
    const lines: string[] = [];
    const journal = new TestJournal({ lines });
    await journal.list(KINDS, []);
    for (const { event, object } of events) {
      await journal.apply(event, object);
    }

    const { entries, repeats } = parseAll(lines);
    assert.equal(repeats, 0);
    const truth = getTruth(events);
    const replayed = getReplayed(lines);
    for (const [uid, hashes] of truth.ever) {
      const conditions = replayed.get(uid) ?? [];
      assert.deepEqual(conditions.map(({ condition }) => condition.hash).sort(), [...hashes].sort(), uid);
      const present = conditions.filter(({ lost }) => lost === undefined);
      assert.deepEqual(
        present.map(({ condition }) => condition.hash),
        truth.last.get(uid),
        uid
      );
    }
    const lost = [...replayed.values()].flat().filter((condition) => condition.lost !== undefined);
    const reports = lost.filter(({ condition }) => condition.type === 'Completed' && condition.data !== undefined);
    assert.equal(reports.length, 8, 'reports that the global manager overwrote');
    const counts = countByWhat(entries);
    assert.equal(counts['conditions-lost'], 1);
    assert.equal(
      counts.deleted,
      events.filter(({ event, object }) => event === 'DELETED' && object.kind !== 'Pod').length
    );
    assert.equal(
      counts['pod-deleted'],
      events.filter(({ event, object }) => event === 'DELETED' && object.kind === 'Pod').length
    );
    assert.ok((counts['node-offline'] ?? 0) >= 1 && (counts['node-online'] ?? 0) >= 1);
  });

  it('misses nothing that the objects still hold when it is killed, and shows nothing twice', async () => {
    const events = readEvents();
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-journal-')), 'progress');
    const lines: string[] = [];
    const world = new Map<string, TestObject>();
    let journal = new TestJournal({ file, lines });
    await journal.list(KINDS, []);
    let kills = 0;
    for (const [index, { event, object }] of events.entries()) {
      if (event === 'DELETED') {
        world.delete(object.metadata.uid);
      } else {
        world.set(object.metadata.uid, object);
      }
      // Away during some versions, and killed before others are written.
      if (index % 31 === 30) {
        journal.kill();
        kills++;
      }
      await journal.apply(event, object);
      if (index % 31 === 3 && kills > 0) {
        journal = new TestJournal({ file, lines });
        await journal.list(KINDS, [...world.values()]);
      }
    }
    journal = new TestJournal({ file, lines });
    await journal.list(KINDS, [...world.values()]);

    assert.ok(kills > 40, String(kills));
    const truth = getTruth(events);
    for (const [uid, conditions] of getReplayed(lines)) {
      const last = world.has(uid) ? truth.last.get(uid) : undefined;
      const present = conditions.filter(({ lost }) => lost === undefined).map(({ condition }) => condition.hash);
      assert.deepEqual(present, last ?? present, uid);
      const all = conditions.map(({ condition }) => condition.hash);
      assert.equal(new Set(all).size, all.length, uid);
    }
    const deleted = parseAll(lines).entries.filter(({ what }) => what === 'deleted');
    assert.equal(deleted.length, 1);
  });
});
