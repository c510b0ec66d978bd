import { logLines } from '../../../query/logs/logql';
import { componentLines, podLines } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../sedna/objectRef';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import { buildLokiQueries } from '../../../data/requests/queryRunners';
import type { Stage } from '../../../sedna/kinds';

/** Lines that each of the two queries returns at most. */
export const MAX_LINES = 500;

/**
 * Builds the query for lines of the object's pods, if its kind has any, and the one for lines of GM and LC.
 * @param stage limits the pods to those of one stage; empty for all stages
 */
export function buildLineQueries(ref: ObjectRef, stage: Stage | '') {
  const pods = podLines(ref, stage || undefined);
  return buildLokiQueries([
    ...(pods ? [{ refId: 'pods', expr: logLines(pods, getCurrentLogLabels()), maxLines: MAX_LINES }] : []),
    { refId: 'components', expr: logLines(componentLines(ref), getCurrentLogLabels()), maxLines: MAX_LINES },
  ]);
}
