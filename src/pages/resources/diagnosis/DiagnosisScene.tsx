import React, { lazy, Suspense } from 'react';
import { getDefaultTimeRange, LoadingState } from '@grafana/data';
import {
  sceneGraph,
  SceneDataNode,
  SceneObjectBase,
  SceneQueryRunner,
  type SceneComponentProps,
  type SceneDataProvider,
  type SceneObjectState,
} from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';
import { createInstantRunner, buildLokiQueries, createLokiRunner } from '../../../data/requests/queryRunners';
import { activateWithLogLabels } from '../../../data/requests/activateWithLogLabels';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import { chooseDataSource } from '../../../platform/dataSources';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { diagnosisLines, DIAGNOSIS_LINES, objectFacts, workerFacts } from '../../../query/diagnosis';
import type { ObjectRef } from '../../../sedna/objectRef';

// The texts of all findings are needed on this tab alone.
const DiagnosisView = lazy(async () => ({ default: (await import('./DiagnosisView')).DiagnosisView }));

interface DiagnosisState extends SceneObjectState {
  ref: ObjectRef;
  /** Log lines that match a signature; never started without Loki, and for kinds without signatures. */
  lines: SceneDataProvider;
}

const isLokiThere = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';

function linesRunner(ref: ObjectRef): SceneDataProvider {
  return diagnosisLines(ref) !== undefined && isLokiThere()
    ? createLokiRunner([])
    : new SceneDataNode({ data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() } });
}

function buildLineQueries(ref: ObjectRef) {
  const expr = diagnosisLines(ref, undefined, getCurrentLogLabels());
  return expr === undefined ? undefined : buildLokiQueries([{ refId: 'lines', expr, maxLines: DIAGNOSIS_LINES }]);
}

/** Diagnosis of one object, by at most two PromQL queries, one LogQL query for lines, and those of its exact history. */
export class DiagnosisScene extends SceneObjectBase<DiagnosisState> {
  constructor({ ref }: { ref: ObjectRef }) {
    const workers = workerFacts(ref);
    super({
      ref,
      lines: linesRunner(ref),
      $data: createInstantRunner({ object: objectFacts(ref), ...(workers && { workers }) }),
    });
    this.addActivationHandler(() => {
      const { lines } = this.state;
      return lines instanceof SceneQueryRunner ? activateWithLogLabels(lines, () => buildLineQueries(ref)) : undefined;
    });
  }

  static Component = DiagnosisRenderer;
}

function DiagnosisRenderer({ model }: SceneComponentProps<DiagnosisScene>) {
  const { ref, lines } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { data: linesData } = lines.useState();
  const { from, to } = sceneGraph.getTimeRange(model).state.value;
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <DiagnosisView
        objectRef={ref}
        data={data}
        linesData={linesData}
        span={{ from: from.valueOf(), to: to.valueOf() }}
        hasLoki={isLokiThere()}
      />
    </Suspense>
  );
}
