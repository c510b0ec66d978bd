import type { RawTimeRange } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';

/** The time range that a scene object stands in, for links to carry on; a relative one stays relative. */
export function getLinkRange(object: SceneObject): RawTimeRange {
  const { from, to } = sceneGraph.getTimeRange(object).state;
  return { from, to };
}

/** The same for components, which are drawn again when it changes. */
export function useLinkRange(object: SceneObject): RawTimeRange {
  const { from, to } = sceneGraph.getTimeRange(object).useState();
  return { from, to };
}
