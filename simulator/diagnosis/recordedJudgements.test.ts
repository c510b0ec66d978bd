/** What was true of recorded objects, as the story of the recording tells it. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { compareWithExpectations, readExpectations } from '../recording/expectations';
import { readRecording } from '../recording/recording';
import { RECORDED_FOLDER, RecordedJudgements, SKIP_RECORDED } from './recordedJudgements';

describe('the recorded Sedna', { skip: SKIP_RECORDED }, () => {
  let recorded: RecordedJudgements;
  before(() => {
    recorded = new RecordedJudgements();
  });

  const follow = (key: string, ...expected: Array<readonly [time: string, summary: string]>) =>
    assert.deepEqual(
      expected.map(([time]) => [time, recorded.summaryAt(key, time)]),
      expected.map((each) => [...each])
    );

  test('each object is judged as expected, before its deletion or at the end', () => {
    const comparisons = compareWithExpectations(readRecording(RECORDED_FOLDER), readExpectations(RECORDED_FOLDER)!);
    assert.ok(comparisons.length > 0);
    assert.deepEqual(
      comparisons.flatMap(({ object: { kind, name }, differences }) =>
        differences.map((difference) => `${kind} ${name}: ${difference}`)
      ),
      []
    );
  });

  describe('a status that is Failed for good', () => {
    test('of a service does not count while its workers run', () => {
      const service = 'JointInferenceService default/helmet-detection-inference-example';
      follow(service, ['05:13:30', 'healthy'], ['05:13:50', 'healthy status-stale']);
      follow('FeatureExtractionService default/fe-fresh', ['04:55:00', 'healthy status-stale']);
    });

    test('of a service counts while a worker crashes or was not made', () => {
      follow('JointInferenceService default/ji-fresh', ['04:53:30', 'failed crash-loop condition-failed']);
      const withoutModel = 'JointInferenceService default/ji-without-model';
      follow(withoutModel, ['04:53:30', 'failed condition-failed']);
      assert.equal(recorded.at(withoutModel, '04:53:30').summary.params.worker, 'edge');
    });

    test('of a job counts while a failed pod is there, also if others run', () => {
      follow('FederatedLearningJob default/fl-crashing', ['04:53:15', 'failed condition-failed']);
      follow('VideoAnalyticsJob default/video-crashing', ['04:53:30', 'failed condition-failed']);
    });

    test('a kind without a controller never gets a status', () =>
      follow('ObjectTrackingService default/pedestrian-tracking', ['04:53:30', 'stuck kind-unhandled']));
  });

  describe('what was never there', () => {
    const title = (key: string, time: string, rule: string) => {
      const finding = recorded.at(key, time).findings.find((each) => each.rule === rule);
      return finding && `${rule} ${finding.params.isDeployed} ${finding.params.isCutOff}`;
    };

    test('is not called older: a first evaluation without its report deploys nothing', () => {
      // The report of 04:52:40 was overwritten, no worker was cut off.
      const key = 'LifelongLearningJob factory/tabular-demo';
      assert.equal(title(key, '04:54:00', 'older-model-used'), 'older-model-used false false');
      // Its second round deployed a model, and so did the rounds before the report of 05:00:52 was overwritten.
      assert.equal(title(key, '05:02:00', 'older-model-used'), undefined);
      const other = 'LifelongLearningJob default/tabular-demo';
      assert.equal(title(other, '05:02:00', 'older-model-used'), 'older-model-used true false');
    });

    test('is not expected: a report that was overwritten in the first round of an incremental job', () => {
      const key = 'IncrementalLearningJob default/helmet-detection-txt';
      follow(key, ['04:54:45', 'stuck report-lost']);
      assert.equal(recorded.at(key, '04:54:45').summary.params.isCutOff, false);
      const cutOff = 'LifelongLearningJob default/lost-report-demo';
      assert.equal(recorded.at(cutOff, '04:54:45').summary.params.isCutOff, true);
    });
  });

  describe('a cause', () => {
    const causeOf = (key: string, time: string, rule: string) =>
      recorded.at(key, time).findings.find((finding) => finding.rule === rule)?.params;

    test('is the csv dataset of an incremental learning job, whose samples are counted', () => {
      const key = 'IncrementalLearningJob default/helmet-detection-demo';
      follow(key, ['05:00:00', 'stuck dataset-format']);
      assert.equal(causeOf(key, '05:00:00', 'dataset-format')?.isRead, true);
      // The same of txt trains.
      assert.deepEqual(recorded.timesOf('IncrementalLearningJob default/helmet-detection-txt', 'dataset-format'), []);
    });

    test('is the reason that a file is not read, and not the error that is none', () => {
      const key = 'LifelongLearningJob default/missing-file-demo';
      for (const time of ['04:57:00', '04:58:00', '05:03:30', '05:09:00']) {
        const cause = causeOf(key, time, 'dataset-unread')?.cause;
        assert.ok(cause === undefined || /trainData\.csv.* does not exist/.test(String(cause)), String(cause));
      }
      follow(key, ['04:58:00', 'stuck dataset-unread']);
    });

    test('is a node that does not exist', () => {
      const key = 'LifelongLearningJob default/pending-demo';
      follow(key, ['04:58:00', 'stuck pod-pending']);
      assert.equal(causeOf(key, '04:58:00', 'pod-pending')?.isNodeMissing, true);
    });

    test('is a name whose pods the global manager does not recognize, though it works', () => {
      const key = 'LifelongLearningJob factory/thermal-comfort-of-building-seven-north-wing-second-floor';
      assert.equal(causeOf(key, '04:53:00', 'name-too-long')?.isStuck, false);
      assert.equal(recorded.at(key, '04:58:00').summary.id, 'name-too-long');
      assert.deepEqual(recorded.timesOf(key, 'global-manager-unresponsive'), []);
    });

    test('is an evaluation whose defaults drop every task, or a task with low scores', () => {
      const all = causeOf('LifelongLearningJob factory/tabular-demo', '05:19:30', 'tasks-dropped');
      assert.deepEqual([all?.count, all?.areAllDropped], [6, true]);
      const one = causeOf('LifelongLearningJob default/tabular-demo', '05:19:30', 'tasks-dropped');
      assert.deepEqual([one?.tasks, one?.areAllDropped], ['Summer_2.0', false]);
    });

    test('is an exception of any kind of worker', () =>
      assert.equal(
        causeOf('VideoAnalyticsJob default/video-crashing', '04:54:00', 'condition-failed')?.exception,
        'RuntimeError: boom'
      ));
  });

  test('each exception is that of the pod whose lines are shown', () => {
    const named = recorded
      .all()
      .flatMap(({ findings }) => findings)
      .filter(({ params: { exception } }) => exception);
    assert.ok(named.length > 0);
    for (const { rule, params, evidence } of named) {
      const lines = evidence.flatMap(({ lines: shown = [] }) => shown).filter(({ container }) => container !== 'gm');
      const pods = new Set(lines.map(({ pod }) => pod));
      assert.equal(pods.size, 1, `${rule} shows lines of ${[...pods].join(', ')}`);
      assert.ok(params.pod === undefined || pods.has(String(params.pod)), `${rule} is about ${params.pod}`);
      assert.ok(lines.at(-1)?.text.includes(String(params.exception)), `${rule} names ${params.exception}`);
    }
  });

  test('a silence of a node ends for each object with its own first report', () => {
    for (const [key, silent, reported, summary] of [
      ['LifelongLearningJob default/image-demo', '05:15:50', '05:16:30', 'stuck pod-pending'],
      ['LifelongLearningJob default/missing-file-demo', '05:15:50', '05:16:30', 'stuck dataset-unread'],
      ['LifelongLearningJob default/atcii-classifier-demo', '05:17:00', '05:17:50', 'stuck crash-loop'],
    ]) {
      assert.equal(
        recorded.at(key, silent).findings.some(({ severity }) => severity === 'error'),
        false,
        key
      );
      assert.equal(recorded.summaryAt(key, reported), summary);
    }
    // Its pod is gone for the API server, whatever the node reports.
    follow('LifelongLearningJob default/slow-demo', ['05:14:30', 'stuck pod-gone node-offline']);
  });

  test('enough samples wait for the time window', () => {
    const key = 'LifelongLearningJob default/window-demo';
    assert.equal(recorded.at(key, '04:54:00').summary.id, 'waiting-for-samples');
    assert.equal(recorded.at(key, '05:03:00').summary.id, 'waiting-for-trigger');
  });

  test('a failing loop ends with the first success, not when its failures leave a window', () => {
    const key = 'LifelongLearningJob default/failing-demo';
    const times = recorded.timesOf(key, 'failing-loop');
    // The third training failed at 04:58:21, the fourth succeeded at 05:00:26.
    assert.ok(times[0] < '04:58:30' && times.at(-1)! < '05:00:45', `${times[0]} to ${times.at(-1)}`);
    assert.deepEqual(
      recorded.timesOf(key, 'stage-failed').filter((time) => time > '05:00:45'),
      []
    );
    assert.equal(recorded.at(key, '05:19:30').summary.id, 'report-lost');
  });
});
