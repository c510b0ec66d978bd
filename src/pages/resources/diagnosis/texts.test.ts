import { FACT_NAMES, RULE_IDS } from '../../../sedna/diagnosis';
import { factText } from './factTexts';
import { findingText } from './texts';

const ABOUT = {
  nodes: 'edge0',
  count: 1,
  sources: 'cluster',
  dataset: 'steps',
  node: 'edge0',
  pod: 'dog-train-abcde',
  reason: 'ImagePullBackOff',
  stage: 'Train',
  stages: 'Train, Eval',
  next: 'Eval',
  condition: 'Ready',
  failed: 3,
  hours: 1,
  restarts: 4,
  field: 'operator',
  value: '=>',
  format: 'parquet',
};

it.each(RULE_IDS)('%s has a title, a cause and advice, each of them whole', (rule) => {
  for (const about of [
    ABOUT,
    { ...ABOUT, cause: 'no such file', exception: 'KeyError: 34', refused: true, isLate: true },
    { ...ABOUT, isUncollected: true, isWithoutPod: true },
  ]) {
    const text = findingText({ rule, about });
    expect(Object.keys(text)).toEqual(['title', 'cause', 'advice']);
    for (const part of Object.values(text)) {
      expect(part).toMatch(/^[^{}]{6,}$/);
    }
    expect(text.advice).toMatch(/[.]$/);
  }
});

it('blames the format of a dataset only where a job needs another', () => {
  const text = (isNeeded: boolean) => findingText({ rule: 'dataset-format', about: { ...ABOUT, isNeeded } });
  expect(text(true).title).toBe('The format parquet of the dataset steps cannot be read');
  expect(text(false).title).toBe('Lifelong and incremental learning jobs cannot use the format parquet');
  expect(text(false).cause).toContain('Only lifelong and incremental learning jobs need that');
});

it('says of a pod that does not start what keeps it', () => {
  const text = (about: object) => findingText({ rule: 'pod-pending', about: { ...ABOUT, ...about } });
  expect(text({}).advice).toContain('Check the name of the image');
  expect(text({ container: 'storage-initializer', reason: 'CrashLoopBackOff' })).toEqual({
    title: 'The pod dog-train-abcde does not start: CrashLoopBackOff',
    cause: expect.stringContaining('fetches data and models from remote storage'),
    advice: expect.stringContaining('Read the log of the container storage-initializer'),
  });
  expect(text({ reason: undefined, isUnschedulable: true }).title).toBe('No node takes the pod dog-train-abcde');
  expect(text({ reason: undefined }).title).toContain('nobody says why');
});

it('never tells to delete a job of which the global manager only has to go on', () => {
  const text = (about: object) => findingText({ rule: 'global-manager-unresponsive', about: { ...ABOUT, ...about } });
  expect(text({}).cause).toContain('The pod dog-train-abcde has ended');
  expect(text({ pod: '' }).cause).toContain('Nothing but the global manager is needed');
  expect(text({ podPhase: 'Pending' }).advice).toContain('is Pending');
  for (const podPhase of ['', 'Running', 'Pending']) {
    expect(text({ podPhase }).advice).toContain('Do not delete the job');
  }
});

it('says what Sedna itself says about a cause', () => {
  const about = { stage: 'Train', cause: 'failed to get secret <s3>: secrets "s3" isn\'t there' };
  expect(findingText({ rule: 'pod-refused', about }).cause).toBe(
    'The global manager says: failed to get secret <s3>: secrets "s3" isn\'t there'
  );
});

it('has words for every fact that may be missing', () =>
  expect(FACT_NAMES.map(factText).filter((text) => !/^[a-z].{5,}$/.test(text))).toEqual([]));
