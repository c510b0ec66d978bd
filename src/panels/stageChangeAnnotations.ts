import { DataTopic, FieldType, LoadingState, type DataFrame, type PanelData } from '@grafana/data';
import {
  sceneGraph,
  SceneDataLayerBase,
  SceneDataLayerSet,
  type SceneDataLayerProviderState,
  type SceneQueryRunner,
} from '@grafana/scenes';
import type { ObjectHistory } from '../data/history/objectHistory';
import { chooseDataSource } from '../platform/dataSources';
import { getCurrentSettings } from '../platform/settings/currentSettings';
import type { ObjectRef } from '../sedna/objectRef';
import type { Series } from '../sedna/learning/roundStats';
import { createRangeRunner } from '../data/requests/queryRunners';
import { toSeries } from '../data/series';
import { t } from '../platform/i18n';
import type { StageChange } from './history/exactStageChanges';

interface StageChangesState extends SceneDataLayerProviderState {
  runner: SceneQueryRunner;
  /** The only job; absent for several. */
  job?: ObjectRef;
}

/** Finds changes of the stage and failures in the series of the current condition that are 1. */
export function toStageChanges(series: readonly Series[]): StageChange[] {
  const jobs = new Map<string, Array<{ time: number; stage: string; failed: boolean }>>();
  for (const { labels, points } of series) {
    const object = `${labels.namespace}/${labels.name}`;
    const samples = jobs.get(object) ?? [];
    jobs.set(object, samples);
    const { stage = '', condition } = labels;
    points
      .filter(([, value]) => value === 1)
      .forEach(([time]) => samples.push({ time: time * 1000, stage, failed: condition === 'Failed' }));
  }
  return [...jobs].flatMap(([object, samples]) => {
    samples.sort((a, b) => a.time - b.time);
    return samples
      .filter(
        ({ stage, failed }, index) =>
          index > 0 && (stage !== samples[index - 1].stage || (failed && !samples[index - 1].failed))
      )
      .map((change) => ({ ...change, object }));
  });
}

function toAnnotationFrame(changes: readonly StageChange[]): DataFrame {
  const column = (name: string, type: FieldType, value: (change: StageChange) => unknown) => ({
    name,
    type,
    config: {},
    values: changes.map(value),
  });
  return {
    name: 'stage-changes',
    meta: { dataTopic: DataTopic.Annotations },
    length: changes.length,
    fields: [
      column('time', FieldType.time, ({ time }) => time),
      column('title', FieldType.string, ({ stage, failed }) =>
        failed
          ? t('stage-changes.failed', '{{stage}} failed', { stage })
          : t('stage-changes.began', '{{stage}} started', { stage })
      ),
      column('text', FieldType.string, ({ object }) => object),
      column('color', FieldType.string, ({ failed }) => (failed ? 'red' : 'blue')),
    ],
  };
}

class StageChanges extends SceneDataLayerBase<StageChangesState> {
  private stop?: () => void;
  private shown?: PanelData['series'];

  onEnable() {
    const { job } = this.state;
    this.stop =
      job && chooseDataSource('loki', getCurrentSettings()).state === 'chosen'
        ? this.followHistory(job)
        : this.followSamples();
  }

  onDisable() {
    this.stop?.();
  }

  /** Does nothing: the runner runs when it is activated, and history is fetched when the time range changes. */
  protected runLayer() {}

  private followSamples() {
    const { runner } = this.state;
    const subscription = runner.subscribeToState(({ data }) => this.show(data));
    const deactivate = runner.activate();
    return () => {
      subscription.unsubscribe();
      deactivate();
    };
  }

  /** Shows exact changes, or those from scraped metrics once the history turns out to lack some. */
  private followHistory(job: ObjectRef) {
    let controller = new AbortController();
    const timeRange = sceneGraph.getTimeRange(this);
    let known: ObjectHistory | undefined;
    let stopSamples: (() => void) | undefined;
    const load = async (signal: AbortSignal) => {
      const { value } = timeRange.state;
      const range = { from: value.from.valueOf(), to: value.to.valueOf() };
      const { fetchExactStageChanges } = await import('./history/exactStageChanges');
      const { history, changes } = await fetchExactStageChanges(job, range, known, signal);
      if (signal.aborted) {
        return;
      }
      known = history;
      if (changes) {
        this.publishResults({ state: LoadingState.Done, timeRange: value, series: [toAnnotationFrame(changes)] });
      } else {
        stopSamples = this.followSamples();
      }
    };
    // Such as a chunk that a newer version of the app no longer has.
    const fallBack = (signal: AbortSignal) => {
      stopSamples = signal.aborted ? undefined : this.followSamples();
    };
    const follow = () => {
      if (!stopSamples) {
        controller.abort();
        controller = new AbortController();
        const { signal } = controller;
        void load(signal).catch(() => fallBack(signal));
      }
    };
    const subscription = timeRange.subscribeToState(follow);
    follow();
    return () => {
      controller.abort();
      subscription.unsubscribe();
      stopSamples?.();
    };
  }

  private show(data: PanelData | undefined) {
    // The runner gets the annotations of this layer, too, and publishes the same series again.
    if (data?.state === LoadingState.Done && data.series !== this.shown) {
      this.shown = data.series;
      this.publishResults({ ...data, series: [toAnnotationFrame(toStageChanges(toSeries(data, 'conditions')))] });
    }
  }
}

/**
 * Creates annotations of the stage changes for the graphs below it.
 * @param conditions PromQL of the current conditions of the jobs
 * @param job the only job, whose changes are exact if the live object or the journal has them
 */
export const createStageChangesLayer = (conditions: string, job?: ObjectRef): SceneDataLayerSet =>
  new SceneDataLayerSet({
    layers: [
      new StageChanges({
        name: t('stage-changes.name', 'Stage changes'),
        isEnabled: true,
        runner: createRangeRunner({ conditions }),
        job,
      }),
    ],
  });
