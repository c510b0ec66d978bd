import { useMemo } from 'react';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { knowledgeBases, type KnowledgeBase } from './bases';

/** The knowledge bases of the head, for a part of the page: asked once, by the page. */
export function useKnowledgeBases(part: SceneObject): readonly KnowledgeBase[] {
  const { data } = sceneGraph.getData(part.parent ?? part).useState();
  const shown = useLastGoodData(data);
  return useMemo(() => knowledgeBases(shown), [shown]);
}
