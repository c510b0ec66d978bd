/** Data of Prometheus and Loki that the simulator created once, and that every `make dev` serves a copy of. */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startDemo } from '../../simulator/demo/nativeDemo';
import { startLoki, startPrometheus, type ManagedProcess } from '../engines';

export interface Snapshot {
  /** Folder of the data, which is never written to again. */
  folder: string;
  /** The time that the browser shows as now. */
  frozenAt: Date;
}

/** What a page sees behind it when it is opened, as in `make demo`. */
const PAST_HOURS = 2;

/** What lies ahead of a page that stays open: until then, it sees new data arrive. */
const FUTURE_HOURS = 0.5;

/** Loki deletes what is older than its retention of 30 days, by the real clock. */
const MAX_AGE_MS = 20 * 24 * 3_600_000;

/** So that switching between two branches does not create their snapshots again. */
const KEPT = 3;

const RECORD = 'snapshot.json';
const DATA = { prometheus: 'prometheus', loki: 'loki' };

/** Returns the time that the browser shows as now, for a history that ends at the given time. */
export const getFrozenTime = (historyEnd: Date): Date => new Date(historyEnd.getTime() - FUTURE_HOURS * 3_600_000);

/** Whether the servers still keep data of this time. */
export const isFresh = (frozenAt: Date, now = Date.now()): boolean => now - frozenAt.getTime() < MAX_AGE_MS;

/** Returns the snapshot with a key, or undefined when there is none, or it is too old. */
export function findSnapshot(parent: string, key: string, now = Date.now()): Snapshot | undefined {
  const folder = path.join(parent, key);
  try {
    // Written last, so a snapshot with a record is complete.
    const record = JSON.parse(readFileSync(path.join(folder, RECORD), 'utf8')) as { frozenAt: string };
    const frozenAt = new Date(record.frozenAt);
    return isFresh(frozenAt, now) ? { folder, frozenAt } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Plays the simulation with the real servers and keeps the data. Takes a minute or more.
 * @throws when a server does not start, with the last lines of its log
 */
export async function createSnapshot(parent: string, key: string, log: (line: string) => void): Promise<Snapshot> {
  const folder = path.join(parent, key);
  const draft = createDraftFolder(path.join(parent, '..', 'drafts'));
  const demo = await startDemo({ dir: path.join(draft, 'demo'), historyHours: PAST_HOURS + FUTURE_HOURS, log });
  const frozenAt = getFrozenTime(demo.liveSince);
  // Servers write what they hold in memory when they stop.
  await demo.stop();
  renameSync(demo.prometheusData, path.join(draft, DATA.prometheus));
  renameSync(path.join(draft, 'demo', 'loki', 'loki-data'), path.join(draft, DATA.loki));
  rmSync(path.join(draft, 'demo'), { recursive: true });
  writeFileSync(path.join(draft, RECORD), `${JSON.stringify({ frozenAt })}\n`);
  mkdirSync(parent, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  removeOldSnapshots(parent);
  return { folder, frozenAt };
}

/** Returns an empty folder for this process. Removes the folders of processes that were stopped in the middle. */
export function createDraftFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (Number(name) === process.pid || !isRunning(Number(name))) {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
  const folder = path.join(parent, String(process.pid));
  mkdirSync(folder);
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes all snapshots but the newest. */
export function removeOldSnapshots(parent: string): void {
  const created = (name: string) => findSnapshot(parent, name, 0)?.frozenAt.getTime() ?? 0;
  readdirSync(parent)
    .sort((a, b) => created(b) - created(a))
    .slice(KEPT)
    .forEach((name) => rmSync(path.join(parent, name), { recursive: true, force: true }));
}

/**
 * Starts Prometheus and Loki on a copy of the snapshot.
 * @param dir folder for the copy, emptied first, and for the logs of the servers
 */
export function serveSnapshot(
  { folder }: Snapshot,
  dir: string,
  ports: { prometheus: number; loki: number }
): { prometheus: Promise<ManagedProcess>; loki: Promise<ManagedProcess> } {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const name of Object.values(DATA)) {
    cpSync(path.join(folder, name), path.join(dir, name), { recursive: true });
  }
  const logs = path.join(dir, 'servers');
  return {
    prometheus: startPrometheus({
      dir: logs,
      dataDir: path.join(dir, DATA.prometheus),
      port: ports.prometheus,
    }),
    loki: startLoki({ dir: logs, dataDir: path.join(dir, DATA.loki), port: ports.loki }),
  };
}
