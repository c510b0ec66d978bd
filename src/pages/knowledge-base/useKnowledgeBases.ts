import { useMemo } from 'react';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { toKnowledgeBases, type KnowledgeBase } from './knowledgeBases';

/** Returns the knowledge bases of the page's query, which its tabs share. */
export function useKnowledgeBases(tab: SceneObject): readonly KnowledgeBase[] {
  const { data } = sceneGraph.getData(tab.parent ?? tab).useState();
  const shown = useLastGoodData(data);
  return useMemo(() => toKnowledgeBases(shown), [shown]);
}
