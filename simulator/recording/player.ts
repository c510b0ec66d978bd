/** Plays a recording as a world, like a simulated one: effects in the order of time. */
import { formatMicroTime } from '../engine/clock';
import { getObjectKey, toObjectRef } from '../engine/kernel';
import type { Effect, Json, KubeObject } from '../engine/types';
import type { World } from '../engine/world';
import type { Recording } from './recording';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d+))?Z$/;

function shiftTime(text: string, shift: number): string {
  const [, fraction = ''] = RFC3339.exec(text) ?? [];
  const time = new Date(Date.parse(text) + shift).toISOString();
  return fraction === '' ? `${time.slice(0, 19)}Z` : `${time.slice(0, 20)}${fraction}Z`;
}

/** Moves all times of an object. Texts that only contain a time stay. */
function shiftTimes(value: Json, shift: number): Json {
  if (typeof value === 'string') {
    return RFC3339.test(value) ? shiftTime(value, shift) : value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => shiftTimes(each, shift));
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shiftTimes(each, shift)]))
    : value;
}

/** Returns the effects of a recording in the order of time; at the same time objects come before lines. */
function toEffects(recording: Recording, shift: number): Effect[] {
  const effects: Effect[] = [
    ...recording.events.map(({ time, event, object }): Effect => {
      const at = time + shift;
      const moved: KubeObject = shift === 0 ? object : shiftTimes(object, shift);
      return event === 'DELETED'
        ? { type: 'delete', at, ref: toObjectRef(moved) }
        : { type: 'apply', at, object: moved };
    }),
    ...recording.knowledgeBases.map(({ time, file }): Effect => ({ type: 'kb-file', at: time + shift, file })),
    ...recording.lines.map(({ time, ...line }): Effect => ({
      type: 'log',
      at: time + shift,
      time: time + shift,
      ...line,
    })),
  ];
  return effects.sort((a, b) => a.at - b.at);
}

/** How often a node renews its lease. */
const LEASE_RENEWAL_MS = 10_000;

/** Returns the newest leases of the nodes that were online at the end. */
function findValidLeases({ events, to }: Recording): KubeObject[] {
  const leases = new Map<string, KubeObject>();
  for (const { event, object } of events.filter((each) => each.object.kind === 'Lease')) {
    const key = getObjectKey(toObjectRef(object));
    if (event === 'DELETED') {
      leases.delete(key);
    } else {
      leases.set(key, object);
    }
  }
  return [...leases.values()].filter(
    ({ spec }) => to - Date.parse(spec?.renewTime) <= 1000 * (spec?.leaseDurationSeconds ?? 0)
  );
}

export interface PlayOptions {
  /** When the recording starts, its own start by default. All times in objects and of lines move with it. */
  start?: Date;
  /** Whether nodes that are online at the end stay online, so that the last state can be looked at. */
  keepsNodesOnline?: boolean;
}

/** Creates a world that repeats a recording. */
export function createRecordedWorld(recording: Recording, options: PlayOptions = {}): World {
  const { start = new Date(recording.from), keepsNodesOnline = false } = options;
  const shift = start.getTime() - recording.from;
  const effects = toEffects(recording, shift);
  const leases = keepsNodesOnline ? findValidLeases(recording) : [];
  let renewed = recording.to + shift;
  let next = 0;
  let now = start.getTime();
  const renewLeases = (): Effect[] => {
    if (now - renewed < LEASE_RENEWAL_MS) {
      return [];
    }
    renewed = now;
    return leases.map((lease) => ({
      type: 'apply',
      at: now,
      object: { ...lease, spec: { ...lease.spec, renewTime: formatMicroTime(now) } },
    }));
  };
  return {
    start,
    get now() {
      return new Date(now);
    },
    advanceTo(date) {
      const from = next;
      now = date.getTime();
      while (next < effects.length && effects[next].at <= now) {
        next++;
      }
      return [...effects.slice(from, next), ...renewLeases()];
    },
  };
}
