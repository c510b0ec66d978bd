/** Plays a recording as a world, like a simulated one: effects in the order of time. */
import { toObjectRef } from '../engine/kernel';
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

/**
 * Creates a world that repeats a recording.
 * @param start when the recording starts, its own start by default; all times in objects and of lines move with it
 */
export function createRecordedWorld(recording: Recording, start = new Date(recording.from)): World {
  const effects = toEffects(recording, start.getTime() - recording.from);
  let next = 0;
  let now = start.getTime();
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
      return effects.slice(from, next);
    },
  };
}
