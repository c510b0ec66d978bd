import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import { conditionNumber, customMetric, matchingLines, getVariable, workerPodsOfJob } from './dashboards';
import { increaseSinceFirstSample, stateNumber } from './promql';
import { fromVariable, matches, buildMatchers } from './escape';

describe('a variable of a dashboard', () => {
  it('is left for Grafana, and what stands around it is quoted', () => {
    expect(buildMatchers([fromVariable('namespace', 'namespace')])).toBe('{namespace=~"$namespace"}');
    expect(buildMatchers([fromVariable('pod', 'job', (job) => `${job}-[a"$x\\d]+`)])).toBe(
      '{pod=~"(?:${job})-[a\\"\\u0024x\\\\d]+"}'
    );
  });

  it('stands in brackets of its own, for several values are written as a|b', () => {
    const { value } = workerPodsOfJob('job', 'train');
    const pods = new RegExp(`^${value.replace('${job}', 'one|two')}$`);
    expect(pods.test('one-train-x7k2p')).toBe(true);
    expect(pods.test('two-train-x7k2p')).toBe(true);
    expect(pods.test('one')).toBe(false);
    expect(pods.test('three-train-x7k2p')).toBe(false);
  });

  it('with names of one kind is not that of another', () => {
    expect(new Set((['LifelongLearningJob', 'Dataset', 'JointInferenceService'] as const).map(getVariable)).size).toBe(
      3
    );
  });
});

it('numbers states by their place, from 1 or after what is given', () => {
  const numbers = (after?: number) => stateNumber('sedna_x_phase', 'phase', ['Off', 'On'], [], ['cluster'], after);
  expect(numbers()).toBe(
    'max by (cluster) ((sedna_x_phase{phase="Off"} == 1) * 1 or (sedna_x_phase{phase="On"} == 1) * 2)'
  );
  expect(numbers(10)).toContain('* 12');
});

it('writes what the languages read', () => {
  for (const promql of [
    conditionNumber('LifelongLearningJob', [matches('name', '.+')]),
    customMetric('metric'),
    increaseSinceFirstSample('x_total', 60),
  ]) {
    expect(() => promqlParser.configure({ strict: true }).parse(promql)).not.toThrow();
  }
  const logql = matchingLines([fromVariable('pod', 'pod')]).replaceAll(/\$\{[^}]+\}|\$\w+/g, 'x');
  expect(() => logqlParser.configure({ strict: true }).parse(logql)).not.toThrow();
});
