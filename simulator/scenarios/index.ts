/** The scenarios that rules of diagnosis name, by id. */
import { RULE_SCENARIOS } from './rules';
import type { SimulatedScenario, World } from './scenario';

/** Scenarios whose id is the name of the object. */
const named = (world: World, ...names: string[]): SimulatedScenario[] =>
  names.map((name) => ({ id: name, world, object: name }));

export const SCENARIOS: readonly SimulatedScenario[] = [
  ...named(
    'demo',
    'atcii-classifier-demo',
    'robo-demo',
    'odd-long-wait',
    'odd-closed-window',
    'odd-lc-restart',
    'odd-short-pod',
    'odd-late-report',
    'stuck-waiting-dataset',
    'stuck-ready-secret',
    'stuck-starting-image',
    'stuck-running-crash-loop',
    'stuck-report-lost',
    'stuck-failing-loop',
    'stuck-old-model',
    'stuck-deploy-copy',
    'missing-dataset',
    'yolo-v5',
    'yolo-v5-broken',
    'pedestrian-search',
    'pedestrian-tracking',
    'edge-node',
    // Until 15 minutes after the history.
    'edge1'
  ),
  // Sedna's default rule drops its good tasks. Its namesake in another namespace keeps them.
  { id: 'atcii-classifier-twin', world: 'demo', object: 'atcii-classifier-demo' },
  { id: 'knowledge-base-index-lost', world: 'demo', object: 'index' },
  ...named(
    'faults',
    'well',
    'needs-kb',
    'needs-gm',
    'needs-no-gm',
    'half-open',
    'parquet-dataset',
    'fails-once',
    'waits-for-a-day',
    'trigger-never',
    'dataset-missing',
    'dataset-format',
    'pod-gone',
    'evaluates-worse',
    'train-report-lost',
    'eval-report-lost',
    'train-hangs',
    'inference-errors',
    'inference-silent',
    'edge0'
  ),
  { id: 'knowledge-base-without-node', world: 'faults', object: '' },
  { id: 'edge1-without-collector', world: 'faults', object: 'edge1' },
  { id: 'collection-ended', world: 'end-of-collection', object: '' },
  { id: 'kube-state-metrics-ended', world: 'end-of-collection', object: '' },
  { id: 'exporter-ended', world: 'end-of-collection', object: 'cluster' },
  { id: 'exporter-ended-knowledge-base', world: 'end-of-collection', object: 'knowledge_base' },
  ...RULE_SCENARIOS,
];

export const findScenario = (id: string): SimulatedScenario | undefined =>
  SCENARIOS.find((scenario) => scenario.id === id);
