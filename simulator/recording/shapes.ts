/** Shapes of what a Sedna wrote: everything but names, numbers, and times. Two Sednas of a version have the same. */
import { KIND_NAMES, STAGES, type KindName } from '../../src/sedna/kinds';
import { stripAnsi } from '../../src/sedna/logs';
import type { Effect, Json, KubeObject } from '../engine/types';

export interface Shapes {
  /** Keys of a condition, by kind and type. */
  conditions: Set<string>;
  /** Two conditions that follow each other, by kind. */
  transitions: Set<string>;
  /** Content of the JSON inside of a condition. */
  data: Set<string>;
  /** Keys of a status, by kind. */
  statuses: Set<string>;
  /** Labels, owner, and network of a pod, by the kind and type of the worker or the component. */
  pods: Set<string>;
  /** Names of the environment variables that the global manager sets. */
  environments: Set<string>;
  /** Templates of log lines of Sedna, by component. */
  lines: Set<string>;
}

const isSednaObject = ({ kind }: KubeObject) => KIND_NAMES.includes(kind as KindName);
const sorted = (object: object = {}) => Object.keys(object).sort().join(' ');

const describeMetric = (value: Json) => (Array.isArray(value) ? 'per class' : typeof value);

/** Describes the JSON of a condition: its models in their order, and all other keys. */
function describeData(text: string): string {
  const { input, output } = JSON.parse(text) as Record<'input' | 'output', Json>;
  const { models = [], ...rest } = input ?? output ?? {};
  const described = (models as Json[]).map(({ metrics = {}, ...model }) => {
    const shapes = [...new Set(Object.values(metrics as object).map(describeMetric))];
    return `(${sorted(model)}${shapes.length > 0 ? `, metrics ${shapes}` : ''})`;
  });
  return `${input ? 'input' : output ? 'output' : 'nothing'} ${sorted(rest)} ${described.join(' ')}`;
}

function addStatus(shapes: Shapes, { kind, status }: KubeObject): void {
  // An object that was just created has none.
  if (status === undefined || Object.keys(status).length === 0) {
    return;
  }
  shapes.statuses.add(`${kind}: ${sorted(status)}`);
  let before = 'none';
  for (const { data, message: _message, ...condition } of (status.conditions ?? []) as Json[]) {
    const state = `${condition.stage ?? ''}/${condition.type}`;
    shapes.conditions.add(`${kind} ${state}: ${sorted(condition)}`);
    shapes.transitions.add(`${kind}: ${before} > ${state}`);
    if (data) {
      shapes.data.add(`${kind} ${state}: ${describeData(data)}`);
    }
    before = state;
  }
}

/** Names the part of Sedna that a pod is; undefined for any other pod. */
function describeWorker({ metadata: { labels = {} } }: KubeObject): string | undefined {
  const [name, type] = Object.entries(labels).find(([label]) => label.endsWith('.sedna.io/worker-type')) ?? [];
  return name === undefined ? labels.sedna : `${name.split('.')[0]}/${type}`;
}

/** Variables that templates of users contain have other names. */
const SET_BY_SEDNA = /^(?:[A-Z]+_)*(?:URLS?|SERVER|NAMESPACE|NAME|PREFIX|INDEX|TRAINING)$/;

function addPod(shapes: Shapes, pod: KubeObject): void {
  const part = describeWorker(pod);
  if (part === undefined) {
    return;
  }
  const { labels = {}, ownerReferences: owners = [] } = pod.metadata;
  const { hostNetwork = false, dnsPolicy } = pod.spec;
  const names = Object.keys(labels).map((label) => label.replace(/^[a-z]+\.sedna\.io\//, ''));
  shapes.pods.add(
    `${part}: ${names.sort().join(' ')}; owner ${owners[0]?.kind}; ${hostNetwork ? 'host network' : 'pod network'} ${dnsPolicy}`
  );
  const environment: Json[] = pod.spec.containers[0].env ?? [];
  if (part.includes('/') && environment.length > 0) {
    const set = environment.map(({ name }) => name as string).filter((name) => SET_BY_SEDNA.test(name));
    shapes.environments.add(`${part}: ${set.sort().join(' ')}`);
  }
}

const KLOG = /^([IWEF])\d{4} [\d:.]+ +\d+ ([a-z_]+\.go):\d+\] (.*)$/s;
const WORKER = /^\[[\d :,-]+\] ([a-z_]+\.py)\(\d+\) \[([A-Z]+)\] ?- (.*)$/s;
/** Scripts of users use the logger of Sedna too. */
const SCRIPTS = /^(?:train|eval|inference|predict|accuracy|interface)\.py$/;

/** Words that aren't names: stages, and what contains only letters. */
const isWord = (token: string) => /^[A-Za-z_]+[,.!:]?$/.test(token) || STAGES.some((stage) => token === `${stage}:`);

/** Replaces all tokens that may contain a name, a number, or a path. */
const toTemplate = (text: string): string =>
  text
    .trim()
    .split(/\s+/)
    .map((token) => (isWord(token) ? token : '*'))
    .join(' ')
    .replace(/\*(?: \*)+/g, '*');

/** Returns the template of a line of Sedna; undefined for a line of a script or another program. */
export function describeLine(component: string, line: string): string | undefined {
  const text = stripAnsi(line);
  const [, level, file, message] = KLOG.exec(text) ?? [];
  if (message !== undefined) {
    const [about] = message.split(' conditions: [');
    return `${component} ${level} ${file} ${toTemplate(about)}`;
  }
  const [, script, severity, said] = WORKER.exec(text) ?? [];
  return said === undefined || SCRIPTS.test(script) ? undefined : `worker ${severity} ${script} ${toTemplate(said)}`;
}

/** Collects the shapes of all objects and lines. */
export function collectShapes(effects: readonly Effect[]): Shapes {
  const shapes: Shapes = {
    conditions: new Set(),
    transitions: new Set(),
    data: new Set(),
    statuses: new Set(),
    pods: new Set(),
    environments: new Set(),
    lines: new Set(),
  };
  for (const effect of effects) {
    if (effect.type === 'apply' && isSednaObject(effect.object)) {
      addStatus(shapes, effect.object);
    } else if (effect.type === 'apply' && effect.object.kind === 'Pod') {
      addPod(shapes, effect.object);
    } else if (effect.type === 'log') {
      const line = describeLine(effect.container, effect.line);
      if (line !== undefined) {
        shapes.lines.add(line);
      }
    }
  }
  return shapes;
}
