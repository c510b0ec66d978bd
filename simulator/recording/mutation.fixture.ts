/** Changes recordings in ways that must not matter: names, times, and how a watch tells of the same objects. */
import { KIND_NAMES } from '../../src/sedna/kinds';
import { WORKER_TYPES } from '../../src/sedna/kinds/workers';
import type { Expectations } from './expectations';
import type { ObjectEvent, Recording } from './recording';

export interface RecordedCase {
  recording: Recording;
  expectations: Expectations;
}

/** Words that Sedna and Kubernetes use themselves. */
const RESERVED = new Set([
  ...['sedna', 'kube-system', 'kube-node-lease', 'gm', 'lc', 'kb'],
  ...WORKER_TYPES,
  ...KIND_NAMES.map((kind) => kind.toLowerCase()),
]);

/** Replaces each letter by the one 13 places further, so that lengths stay: Kubernetes cuts long names. */
const rotate = (name: string): string =>
  name.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));

function collectNames({ events }: Recording): string[] {
  const names = events.flatMap(({ object: { apiVersion, kind, metadata } }) => [
    ...(metadata.namespace ? [metadata.namespace] : []),
    ...(kind === 'Node' || apiVersion.startsWith('sedna.io/') ? [metadata.name] : []),
  ]);
  return [...new Set(names)].filter((name) => !RESERVED.has(name)).sort((a, b) => b.length - a.length);
}

/** Returns the same recording with other names of namespaces, nodes, and objects, and so of their pods. */
export function renameAll({ recording, expectations }: RecordedCase): RecordedCase {
  const pattern = new RegExp(`(?<![a-z0-9-])(?:${collectNames(recording).join('|')})(?![a-z0-9])`, 'g');
  const rename = (text: string) => text.replace(pattern, rotate);
  const renameJson = <T>(value: T): T => JSON.parse(rename(JSON.stringify(value))) as T;
  const { events, lines, ...rest } = recording;
  return {
    recording: {
      ...rest,
      events: renameJson(events),
      lines: lines.map(({ line, node, namespace, pod, ...other }) => ({
        ...other,
        line: rename(line),
        node: rename(node),
        namespace: rename(namespace),
        pod: rename(pod),
      })),
    },
    expectations: renameJson(expectations),
  };
}

const ISO = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** Returns the same recording at another time. Times within lines stay, because nothing reads them. */
export function shiftAll({ recording, expectations }: RecordedCase, shift: number): RecordedCase {
  const move = (time: string) => {
    const moved = new Date(Date.parse(time) + shift).toISOString();
    return time.includes('.') ? moved : `${moved.slice(0, 19)}Z`;
  };
  const moveJson = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(ISO, move)) as T;
  const later = <T extends { time: number }>(each: T): T => ({ ...each, time: each.time + shift });
  return {
    recording: {
      ...recording,
      from: recording.from + shift,
      to: recording.to + shift,
      events: moveJson(recording.events).map(later),
      lines: recording.lines.map(later),
      knowledgeBases: recording.knowledgeBases.map(later),
    },
    expectations: moveJson(expectations),
  };
}

const getKey = ({ kind, metadata }: ObjectEvent['object']) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Returns the same recording by a watch that broke for some seconds, and then listed all objects anew. */
export function interruptWatch({ recording, expectations }: RecordedCase, at: number, seconds: number): RecordedCase {
  const until = at + seconds * 1000;
  const isMissed = ({ time }: ObjectEvent) => time > at && time <= until;
  const listed = new Map<string, ObjectEvent>();
  const deleted: ObjectEvent[] = [];
  for (const event of recording.events.filter(({ time }) => time <= until)) {
    const key = getKey(event.object);
    if (event.event === 'DELETED') {
      listed.delete(key);
      deleted.push(event);
    } else {
      listed.set(key, event);
    }
  }
  const renewed = [
    ...deleted.filter(isMissed).map((event) => ({ ...event, time: until })),
    ...[...listed.values()].map((event) => ({ ...event, time: until, event: 'ADDED' as const })),
  ];
  const kept = recording.events.filter((event) => !isMissed(event));
  const events = [...kept.filter(({ time }) => time <= at), ...renewed, ...kept.filter(({ time }) => time > until)];
  return { recording: { ...recording, events }, expectations };
}

/** Adds what later versions of Sedna and other applications may have: unknown kinds, and objects without content. */
export function addStrangers({ recording, expectations }: RecordedCase): RecordedCase {
  const time = recording.from;
  const add = (apiVersion: string, kind: string, rest: object = {}): ObjectEvent => ({
    time,
    event: 'ADDED',
    object: { apiVersion, kind, metadata: { namespace: 'stranger', name: 'new', uid: `stranger-${kind}` }, ...rest },
  });
  const strangers = [
    add('sedna.io/v1alpha1', 'ReinforcementLearningJob', { status: { conditions: [{ type: 'Dreaming' }] } }),
    add('sedna.io/v1alpha1', 'LifelongLearningJob'),
    add('sedna.io/v1alpha1', 'JointInferenceService', { status: { conditions: [{ type: 'Dreaming' }] } }),
    add('apps/v1', 'Deployment', { spec: {}, status: {} }),
    add('v1', 'ConfigMap'),
    add('v1', 'Pod', { spec: {}, status: {} }),
    add('coordination.k8s.io/v1', 'Lease', { spec: {} }),
  ];
  return { recording: { ...recording, events: [...strangers, ...recording.events] }, expectations };
}
