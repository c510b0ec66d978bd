import type { RawTimeRange } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';

/** Returns the time range of a scene object for links; a relative one stays relative. */
export function getLinkRange(object: SceneObject): RawTimeRange {
  const { from, to } = sceneGraph.getTimeRange(object).state;
  return { from, to };
}

/** Returns `getLinkRange` and renders again when it changes. */
export function useLinkRange(object: SceneObject): RawTimeRange {
  const { from, to } = sceneGraph.getTimeRange(object).useState();
  return { from, to };
}
