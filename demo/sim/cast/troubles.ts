import { HOUR, MINUTE, SECOND } from '../clock';
import { SimDataset } from '../dataset';
import { lcWithoutGm } from '../localController';
import type { Parts } from '../parts';
import type { Process } from '../types';
import { job } from './lifelongJobs';

/** A job that has nothing to do: its dataset does not grow. */
const resting = (parts: Parts, name: string, node = 'edge-node') => {
  const { kernel } = parts;
  const rests = job(parts, name, { node, initial: 300, perMinute: 0 });
  rests.backdateRound(kernel.start - HOUR);
  kernel.spawn(rests.run(), kernel.start + 5 * SECOND);
};

/** Jobs that are broken, each in a way of its own, beside one that is well. */
export function brokenJobs(parts: Parts): void {
  const { kernel, components } = parts;
  const from = (seconds: number) => kernel.start + seconds * SECOND;
  kernel.spawn(job(parts, 'well').run(), from(5));
  const gone = job(parts, 'pod-gone');
  kernel.spawn(
    gone.run(() => ({ train: 'pod-gone' })),
    from(11)
  );
  const trigger = { start: '00:00', end: '24:00', operator: '=>', threshold: 500 };
  kernel.spawn(job(parts, 'trigger-never', { trigger }).run(), from(17));
  const parquet = new SimDataset(kernel, components, {
    namespace: 'default',
    name: 'parquet-dataset',
    url: '/data/parquet/trainData.parquet',
    format: 'parquet',
    node: 'edge-node',
    initial: 700,
    perMinute: 0,
  });
  kernel.spawn(job(parts, 'dataset-format', { dataset: parquet }).run(), from(23));
  for (const stage of ['train', 'eval'] as const) {
    const lost = job(parts, `${stage}-report-lost`);
    kernel.spawn(
      lost.run((round) => (round === 2 ? { [stage]: 'report-lost' } : {})),
      from(29)
    );
  }
}

/** The KB loses its node after an hour. */
export function withoutKnowledgeBase(parts: Parts): void {
  resting(parts, 'needs-kb');
  parts.kernel.spawn(
    (function* (): Process {
      yield HOUR;
      parts.components.kb.create();
    })()
  );
}

/** The GM goes away while a job trains. */
export function withoutGlobalManager(parts: Parts): void {
  const { kernel } = parts;
  resting(parts, 'needs-no-gm');
  const training = job(parts, 'needs-gm', { perMinute: 0 });
  kernel.spawn(
    training.run(() => ({ train: 'gm-stops' })),
    kernel.start + 11 * SECOND
  );
}

/** After an hour one LC loses the GM; of another one an old connection is closed after it has made a new one. */
export function connections(parts: Parts): void {
  const { kernel, components, gm } = parts;
  resting(parts, 'cut-off', 'edge0');
  kernel.spawn(job(parts, 'half-open').run(), kernel.start + 11 * SECOND);
  kernel.spawn(
    (function* (): Process {
      yield HOUR;
      kernel.spawn(lcWithoutGm(components, gm, 'edge0', () => true));
      gm.connected('edge-node');
      yield 15 * MINUTE;
      gm.connectionClosed('edge-node');
    })()
  );
}
