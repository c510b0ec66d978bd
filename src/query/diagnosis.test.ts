import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { getSignaturePatterns, FACT_SERIES, type Evidence, type EvidenceKey } from '../sedna/diagnosis';
import { KIND_NAMES } from '../sedna/kinds';
import { diagnosisLines, objectFacts, workerFacts } from './diagnosis';
import { buildEvidenceQuery } from './evidence';
import type { ObjectRef } from '../sedna/objectRef';

const job: ObjectRef = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };

/** Names of the nodes that a parser sees; its error node is named "⚠". */
function nodes(parser: typeof promqlParser, query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({ enter: ({ name }) => void names.push(name) });
  return names;
}
const promqlNodes = (query: string) => nodes(promqlParser, query);
const logqlNodes = (query: string) => nodes(logqlParser, query);

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.constantFrom('"', '\\', '`', '{', '}', '\n', '|', ' or ', '$', '[[x]]', '.*', ')', '$1', '😀', '(?i)'), {
      maxLength: 9,
    })
    .map((parts) => parts.join(''))
);

it.each(KIND_NAMES)('sends valid PromQL and LogQL for a %s', (kind) => {
  const ref = { ...job, kind };
  for (const query of [objectFacts(ref), workerFacts(ref)].filter((each) => each !== undefined)) {
    expect(promqlNodes(query)).not.toContain('⚠');
  }
  const lines = diagnosisLines(ref);
  expect(lines === undefined || !logqlNodes(lines).includes('⚠')).toBe(true);
});

it('keeps the shape of the queries for any name', () => {
  const shape = [promqlNodes(objectFacts(job)), promqlNodes(workerFacts(job)!), logqlNodes(diagnosisLines(job)!)];
  fc.assert(
    fc.property(hostile, hostile, (namespace, name) => {
      const ref = { ...job, namespace, name };
      // A namespace "sedna" makes one matcher of two.
      fc.pre(namespace !== 'sedna' && namespace !== '');
      expect([promqlNodes(objectFacts(ref)), promqlNodes(workerFacts(ref)!), logqlNodes(diagnosisLines(ref)!)]).toEqual(
        shape
      );
    }),
    { numRuns: 40 }
  );
});

it('queries every fact about a job under its name', () => {
  const asked = objectFacts(job) + workerFacts(job)!;
  const OF_OTHER_KINDS: string[] = [FACT_SERIES.failedWorkers, FACT_SERIES.phase];
  const missing = Object.values(FACT_SERIES).filter((tag) => !asked.includes(`"fact", "${tag}"`));
  expect(missing).toEqual(OF_OTHER_KINDS);
  const service = objectFacts({ ...job, kind: 'FederatedLearningJob' });
  expect(OF_OTHER_KINDS.filter((tag) => !service.includes(`"fact", "${tag}"`))).toEqual([]);
});

it('queries the dataset that the job names in its namespace', () =>
  expect(objectFacts(job)).toContain(
    '(sedna:dataset_read{namespace="robots"}) and on (cluster, namespace, name) ' +
      '(label_replace(sedna_lifelonglearningjob_info{namespace="robots", name="dog"}, "name", "\\u00241", "dataset", "(?s)(.+)"))'
  ));

it('counts failures within the window only', () =>
  expect(objectFacts(job)).toContain(
    'label_replace(max by (stage, condition) (' +
      'sedna_job_condition_transitions_total{kind="LifelongLearningJob", namespace="robots", name="dog", condition=~"Failed|Completed"} - ' +
      'min_over_time(sedna_job_condition_transitions_total{kind="LifelongLearningJob", namespace="robots", name="dog", condition=~"Failed|Completed"}[3600s])), ' +
      '"fact", "growth-3600", "", "")'
  ));

describe('the query for log lines', () => {
  it('selects those of the workers, the GM, and the LC', () => {
    const query = diagnosisLines(job);
    expect(query).toMatch(/^\{namespace=~"sedna\|robots", pod=~"gm-\.\+\|lc-\.\+\|dog-\(\?:/);
    expect(query).toContain('"} | decolorize | __error__="" |~ "');
  });
  it('selects only those of the LC for a dataset', () =>
    expect(diagnosisLines({ ...job, kind: 'Dataset' })).toMatch(/^\{namespace=~"sedna\|robots", pod=~"lc-\.\+"\}/));

  it('is absent for kinds without signatures', () =>
    expect([diagnosisLines({ ...job, kind: 'Model' }), workerFacts({ ...job, kind: 'Model' })]).toEqual([
      undefined,
      undefined,
    ]));

  it('can be limited to some signatures', () => {
    const some = diagnosisLines(job, ['report-lost', 'stage-invalid'])!;
    expect(some).toContain('RetryError');
    expect(some).toContain('invalid condition stage');
    expect(some).toContain('pod=~"gm-.+|dog-');
    expect(some).not.toContain('KB update Fail');
  });

  it('uses only RE2 patterns for any name', () => {
    for (const { pattern } of getSignaturePatterns({ ...job, name: 'a.b(c' })) {
      expect(() => new RegExp(pattern)).not.toThrow();
      // Look-around and back references, which RE2 does not have.
      expect(pattern).not.toMatch(/\(\?[=!<]|\\[1-9]/);
    }
  });
});

describe('the query for evidence', () => {
  const KEYS: EvidenceKey[] = [
    'condition',
    'completed-without-data',
    'failures',
    'worker-phase',
    'worker-ended',
    'worker-waiting',
    'worker-pending',
    'worker-restarts',
    'node-lease',
    'local-controller',
    'dataset-read',
    'dataset',
    'trigger',
    'deploy-status',
    'global-manager',
    'knowledge-base',
    'freshness',
    'status-counts',
    'recorded-finding',
  ];
  const of = (query: EvidenceKey, values: Evidence['values'] = {}) => buildEvidenceQuery({ query, values }, job);

  it.each(KEYS)('of %s differs from all others', (key) => {
    const { source, expr } = of(key, { node: 'edge"0' })!;
    expect(source).toBe('prometheus');
    expect(promqlNodes(expr)).not.toContain('⚠');
    expect(KEYS.filter((other) => of(other, { node: 'edge"0' })!.expr === expr)).toEqual([key]);
  });

  it('of a node selects that node', () =>
    expect(of('local-controller', { node: 'edge"0' })!.expr).toBe('sedna:local_controller_connected{node="edge\\"0"}'));

  it('of an outdated source selects that source', () =>
    expect(of('freshness', { source: 'cluster' })!.expr).toBe(
      'time() - sedna_exporter_source_last_success_timestamp_seconds{source="cluster"}'
    ));

  it('of log lines is a search for them', () =>
    expect(buildEvidenceQuery({ query: 'lines', values: {}, signatures: ['index-not-updated'] }, job)).toEqual({
      source: 'loki',
      expr: diagnosisLines(job, ['index-not-updated']),
    }));
});
