import { FACT_NAMES, RULE_IDS } from '../../../sedna/diagnosis';
import { formatFact } from './formatFact';
import { formatFinding, formatRuleName } from './formatFinding';

const PARAMS = {
  nodes: 'edge0',
  count: 1,
  sources: 'cluster',
  source: 'cluster',
  dataset: 'steps',
  node: 'edge0',
  pod: 'dog-train-abcde',
  reason: 'ImagePullBackOff',
  stage: 'Train',
  stages: 'Train, Eval',
  next: 'Eval',
  condition: 'Ready',
  hours: 1,
  field: 'operator',
  value: '=>',
  format: 'parquet',
  metric: 'precision',
  kind: 'ObjectTrackingService',
  worker: 'edge',
  length: 57,
  max: 47,
  component: 'lc',
  tasks: 'Autumn_1.0',
};

/** One sentence has no period, several have one each. */
const COPY = /^[^{}.]{6,}$|^[^{}]+\. [^{}]+\.$/s;

describe('formatFinding', () => {
  it.each(RULE_IDS)('gives %s a title, a cause, and advice without open parameters', (rule) => {
    for (const params of [
      PARAMS,
      { ...PARAMS, cause: 'no such file', exception: 'KeyError: 34', refused: true, isLate: true },
      { ...PARAMS, isUncollected: true, isWithoutPod: true },
    ]) {
      const text = formatFinding({ rule, params });
      expect(Object.keys(text)).toEqual(['title', 'cause', 'advice']);
      for (const part of Object.values(text)) {
        expect(part).toMatch(/^[^{}]{6,}$/);
      }
      expect(text.advice).toMatch(COPY);
    }
  });

  it('uses the plural form of the count', () => {
    const title = (count: number) => formatFinding({ rule: 'failing-loop', params: { ...PARAMS, count } }).title;
    expect(title(1)).toBe('1 failure in the last 1 h');
    expect(title(3)).toBe('3 failures in the last 1 h');
  });

  it('blames the format of a dataset only where a job needs another', () => {
    const text = (isNeeded: boolean) => formatFinding({ rule: 'dataset-format', params: { ...PARAMS, isNeeded } });
    expect(text(true).title).toBe("Format parquet of dataset steps can't be read");
    expect(text(false).title).toBe("Lifelong and incremental learning jobs can't use the format parquet");
    expect(text(false).cause).toContain('Only lifelong and incremental learning jobs need that');
  });

  it('explains why a pod does not start', () => {
    const text = (params: object) => formatFinding({ rule: 'pod-pending', params: { ...PARAMS, ...params } });
    expect(text({}).advice).toContain('Check the image name');
    expect(text({ container: 'storage-initializer', reason: 'CrashLoopBackOff' })).toEqual({
      title: "Pod dog-train-abcde can't start: CrashLoopBackOff",
      cause: expect.stringContaining("can't download data or models from remote storage"),
      advice: expect.stringContaining('Check the log of the storage-initializer container'),
    });
    expect(text({ reason: '', isUnschedulable: true }).title).toBe("Pod dog-train-abcde can't be scheduled");
    expect(text({ reason: '' }).title).toContain('is stuck in Pending');
  });

  it('never advises to delete a job that only waits for the global manager', () => {
    const text = (params: object) =>
      formatFinding({ rule: 'global-manager-unresponsive', params: { ...PARAMS, ...params } });
    expect(text({}).cause).toContain('Pod dog-train-abcde has ended');
    expect(text({ pod: '' }).cause).toContain('the job needs only the global manager');
    expect(text({ podPhase: 'Pending' }).advice).toContain('is Pending');
    for (const podPhase of ['', 'Running', 'Pending']) {
      expect(text({ podPhase }).advice).toContain('Do not delete the job');
    }
  });

  it('tells the rule that dropped tasks, and blames the default of Sedna only where it is used', () => {
    const text = (criterion: string, areAllDropped = false) =>
      formatFinding({ rule: 'tasks-dropped', params: { ...PARAMS, criterion, areAllDropped } });
    expect(text('< 0.6').cause).toBe('The evaluation drops a task if all of its scores are < 0.6');
    expect(text('> 0.1').cause).toContain('scores are > 0.1. That is the default of Sedna, which drops good tasks.');
    expect(text('> 0.1', true).cause).toContain('no usable task');
  });

  it('calls no model older where only an evaluation was lost that decides about the new model', () => {
    const title = (params: object) =>
      formatFinding({ rule: 'older-model-used', params: { ...PARAMS, ...params } }).title;
    const deployed = { stages: 'Eval', isDeployed: true };
    expect(title(deployed)).toBe('Eval report lost: an older model is in use');
    expect(title({ ...deployed, isOnlyDecision: true })).toBe(
      'Eval report lost: an earlier evaluation decided whether to deploy'
    );
    expect(title({ ...deployed, isOnlyDecision: true, isDeployed: false })).toContain('no model is deployed yet');
  });

  it('quotes the error that Sedna logged, unescaped', () => {
    const params = { stage: 'Train', cause: 'failed to get secret <s3>: secrets "s3" isn\'t there' };
    expect(formatFinding({ rule: 'pod-refused', params }).cause).toBe(
      'Global manager: failed to get secret <s3>: secrets "s3" isn\'t there'
    );
  });
});

describe('formatRuleName', () => {
  it('names each rule in a few words', () =>
    expect(RULE_IDS.map(formatRuleName).filter((name) => !/^[A-Z][\w ]{4,30}$/.test(name))).toEqual([]));
});

describe('formatFact', () => {
  it('describes each fact that may be missing', () =>
    expect(FACT_NAMES.map(formatFact).filter((text) => !/^[a-z].{5,}$/.test(text))).toEqual([]));
});
