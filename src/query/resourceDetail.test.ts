import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import { KINDS } from '../sedna/kinds';
import { METRICS } from '../sedna/catalog';
import { logLines } from './logs/logql';
import { getNamespaces, roundNumber } from './jobRounds';
import {
  componentLines,
  objectMetrics,
  objectMetric,
  objectNumbers,
  objectSeen,
  podLines,
  relations,
  roundSeries,
  offlineNodes,
  offlineReportersOfObject,
  workerCpu,
  workerDetails,
  workerMemory,
} from './resourceDetail';
import type { ObjectRef } from '../sedna/objectRef';

const dog: ObjectRef = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };
const HOSTILE = ['dog', 'a"} or up{x="', 'b\\', 'c\n|~ `x`', 'd.*|$all', '${__user}', '[[x]]', 'ö😀', 'x'.repeat(253)];
const refs = KINDS.flatMap(({ kind }) => HOSTILE.map((name): ObjectRef => ({ kind, namespace: name, name })));

/** Names of all nodes that a parser sees; its error node is named "⚠". */
function nodes(parser: typeof promqlParser, query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({ enter: ({ name }) => void names.push(name) });
  return names;
}

it('builds PromQL that can be read, whatever the object is called', () => {
  for (const ref of refs) {
    const queries = [
      objectSeen(ref),
      objectNumbers(ref),
      offlineNodes(),
      offlineReportersOfObject(ref),
      roundSeries(ref),
      roundNumber(ref),
      getNamespaces(ref.kind, ref.name, ref.namespace).selector,
      workerDetails(ref),
      workerCpu(ref),
      workerMemory(ref),
      objectMetrics(ref).replace('$__range', '1h'),
      relations(ref),
      ...METRICS.map((metric) => objectMetric(metric, ref).replaceAll(/\$__(rate_interval|interval|range)/g, '1m')),
    ].filter((query) => query !== undefined);
    for (const query of queries) {
      expect([query, nodes(promqlParser, query).includes('⚠')]).toEqual([query, false]);
    }
  }
});

it('builds LogQL that can be read, whatever the object is called', () => {
  for (const ref of refs) {
    const all = [componentLines(ref), podLines(ref), podLines(ref, 'Eval')].filter((each) => each !== undefined);
    for (const query of all.map((each) => logLines(each))) {
      expect([query, nodes(logqlParser as never, query).includes('⚠')]).toEqual([query, false]);
    }
  }
});

describe('lines of GM and LC that name a job', () => {
  const names = (ref: ObjectRef, line: string) => new RegExp(componentLines(ref).pattern ?? '').test(line);

  it.each([
    'I1124 10:00:00 syncing job robots/dog',
    'job(robots/lifelonglearningjob/dog) failed to load dataset',
    'write key lifelonglearningjob/robots/dog to node edge-1 successfully',
    'lifelonglearning job robots/dog.',
    '"robots/dog"',
  ])('%s', (line) => expect(names(dog, line)).toBe(true));

  it.each([
    'syncing job robots/dog-2',
    'syncing job robots/dog.old',
    'syncing job other-robots/dog',
    'job(robots/dataset/dog) is read',
    'job(factory/lifelonglearningjob/dog)',
  ])('not %s', (line) => expect(names(dog, line)).toBe(false));

  it('of a name with a full stop is that name only', () => {
    expect(names({ ...dog, name: 'a.b' }, 'job robots/a.b x')).toBe(true);
    expect(names({ ...dog, name: 'a.b' }, 'job robots/axb x')).toBe(false);
  });
});

it('cuts lines of pods to those of a stage', () => {
  const pods = (stage?: 'Train' | 'Deploy') => podLines(dog, stage)?.matchers[1].value;
  expect(pods('Train')).toBe('dog-train-[a-z0-9]+');
  expect(pods('Deploy')).toBe('dog-inference-[a-z0-9]+');
  expect(podLines({ ...dog, kind: 'Dataset' })).toBeUndefined();
});

it('asks for a silent node only where one reports on the kind', () => {
  expect(offlineReportersOfObject({ ...dog, kind: 'Model' })).toBeUndefined();
  expect(offlineReportersOfObject({ ...dog, kind: 'ObjectTrackingService' })).toBeUndefined();
  expect(offlineReportersOfObject(dog)).toContain('sedna_dataset_info');
  expect(offlineReportersOfObject({ ...dog, kind: 'ReidJob' })).not.toContain('sedna_dataset_info');
});
