/** Which alert finds which scenario of the simulator, as the rules say. */
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { findScenario } from '.';
import type { World } from './scenario';

/**
 * The object is the label that identifies what is found: `name`, else `node`, `file`, or `source`; empty for the whole
 * cluster.
 */
export type ExpectedAlert = readonly [alert: string, object: string];

const expectedIn = (world: World): ExpectedAlert[] =>
  RULE_FILES.flatMap(({ rule, scenarios }) =>
    rule.alert === undefined
      ? []
      : scenarios.shows
          .map(findScenario)
          .filter((scenario) => scenario?.world === world)
          .map((scenario): ExpectedAlert => [rule.alert!, scenario!.object])
  );

/** In all scenarios of the demo after its two hours of history, or soon after. */
export const EXPECTED_IN_SCENARIOS = expectedIn('demo');

/** At some time of three hours of `allFaults`, where nobody collects the logs of edge1. */
export const EXPECTED_IN_FAULTS = expectedIn('faults');

/** Once exporter and kube-state-metrics have ended: for each alert its sources. */
export const EXPECTED_AFTER_THE_END: ReadonlyArray<readonly [alert: string, sources: readonly string[]]> = (() => {
  const expected = expectedIn('end-of-collection');
  return [...new Set(expected.map(([alert]) => alert))].map((name): [string, string[]] => [
    name,
    expected.filter(([alert]) => alert === name).map(([, source]) => source),
  ]);
})();

/** What an alert is about, by its labels. */
export const getAlertObject = ({ name, node, file, source }: Readonly<Record<string, string>>): string =>
  name ?? node ?? file ?? source ?? '';
