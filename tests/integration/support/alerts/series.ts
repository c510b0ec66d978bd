/**
 * Series for `promtool test rules`, as kube-state-metrics, the exporter and the rules of Loki would give them, one
 * sample a minute from Unix time 0 on. Times are minutes.
 */
import { findStateStart } from '../../../../src/sedna/conditions';
import type { KindName } from '../../../../src/sedna/kinds';

export type Labels = Readonly<Record<string, string>>;

/** Value from a minute on, until the next entry; `gone` ends the series, `now` is the time in seconds. */
export type Step = readonly [minute: number, value: number | 'gone' | 'now'];

export interface InputSeries {
  series: string;
  values: string;
}

export interface Pod {
  /** Ends as a generated name does: `-train-aaaaa`. */
  name: string;
  /** Type by its label; absent where its name tells it. */
  type?: string;
  node: string;
  start: number;
  /** When its only container ended, and how; it runs on where absent. */
  end?: readonly [minute: number, phase: 'Succeeded' | 'Failed'];
  /** When somebody deletes it. */
  deleted?: number;
  /** Does not get past Pending, for a reason that Kubernetes gives. */
  waits?: string;
  restarts?: readonly Step[];
  /** Whether its lines reach Loki: while it runs, or at a span of minutes. */
  logs?: boolean | readonly [from: number, to: number];
}

export interface Job {
  name: string;
  kind?: KindName;
  node?: string;
  /** Newest condition from a minute on: `Train/Waiting`. */
  states: ReadonlyArray<readonly [minute: number, state: string]>;
  /** When its first condition was written, where that was before it is seen. */
  since?: number;
  pods?: readonly Pod[];
  deleted?: number;
  format?: string;
  /** Times at which the status of its dataset is reported; once when it is created, where absent. */
  datasetUpdates?: readonly Step[];
  /** When its dataset is created, where that is later. */
  datasetFrom?: number;
  operator?: string;
  /** Stages whose newest Completed carries no data. */
  withoutData?: Readonly<Record<string, readonly Step[]>>;
  hasModel?: boolean;
  scores?: Readonly<Record<string, readonly Step[]>>;
  /** Lines of the local controller about the dataset. */
  datasetRead?: readonly Step[];
}

const STAGED_ALL = ['Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed'];
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

/** Writes what a cluster tells over some minutes. */
export class ClusterSeries {
  readonly input: InputSeries[] = [];

  constructor(
    private readonly minutes: number,
    private readonly shared: Labels = {}
  ) {}

  /** One series; nothing is there before its first step. */
  add(name: string, labels: Labels, ...steps: Step[]): this {
    const all = { ...labels, ...this.shared };
    const text = Object.entries(all)
      .map(([label, value]) => `${label}="${value}"`)
      .join(',');
    const parts = steps[0][0] > 0 ? [`_x${steps[0][0]}`] : [];
    steps.forEach(([minute, value], index) => {
      const until = Math.min(steps[index + 1]?.[0] ?? this.minutes + 1, this.minutes + 1);
      const count = until - minute;
      if (count <= 0) {
        return;
      }
      if (value === 'gone') {
        parts.push('stale', ...(count > 1 ? [`_x${count - 1}`] : []));
      } else {
        parts.push(value === 'now' ? `${minute * 60}+60x${count - 1}` : `${value}x${count - 1}`);
      }
    });
    this.input.push({ series: `${name}{${text}}`, values: parts.join(' ') });
    return this;
  }

  /** A node; `silent` are spans in which it gives no sign of life. */
  node(node: string, { edge = true, silent = [] as ReadonlyArray<readonly [number, number]> } = {}): this {
    const lease: Step[] = [[0, 'now']];
    silent.forEach(([from, to]) => lease.push([from, from * 60], [to, 'now']));
    return this.add('kube_node_info', { node }, [0, 1])
      .add('kube_node_role', { node, role: edge ? 'edge' : 'control-plane' }, [0, 1])
      .add('kube_lease_renew_time', { namespace: 'kube-node-lease', lease: node }, ...lease);
  }

  /** Parts of Sedna and of the collection that are well. */
  base({ instance = 'x', exporter = [[0, 'now']] as readonly Step[] } = {}): this {
    for (const source of ['cluster', 'knowledge_base']) {
      this.add('sedna_exporter_source_last_success_timestamp_seconds', { instance, source }, ...exporter);
    }
    this.add('sedna_knowledge_base_up', { instance }, [0, 1]);
    this.add('sedna_knowledge_base_known_tasks', { instance }, [0, 0]);
    return this.knowledgeBaseService()
      .componentPod('kb-7f-aaaaa', [[0, 'Running']])
      .componentPod('gm-7f-aaaaa', [[0, 'Running']]);
  }

  componentPod(pod: string, phases: ReadonlyArray<readonly [number, string]>, deleted?: number): this {
    return this.phases({ namespace: 'sedna', pod }, phases, deleted);
  }

  knowledgeBaseService(): this {
    return this.add('kube_service_info', { namespace: 'sedna', service: 'kb', cluster_ip: '10.0.0.9' }, [0, 1]);
  }

  private phases(pod: Labels, phases: ReadonlyArray<readonly [number, string]>, deleted?: number): this {
    for (const phase of PHASES) {
      const steps = phases.map(([minute, now]): Step => [minute, now === phase ? 1 : 0]);
      this.add('kube_pod_status_phase', { ...pod, phase }, ...steps, ...gone(deleted));
    }
    return this;
  }

  pod(job: string, kind: KindName, { name, type, node, start, end, deleted, waits, restarts, logs = true }: Pod): this {
    const pod = { namespace: 'n', pod: name };
    const is = (metric: string, labels: Labels, ...steps: Step[]) =>
      this.add(metric, { ...pod, ...labels }, ...steps, ...gone(deleted));
    is('kube_pod_owner', { owner_kind: kind, owner_name: job, owner_is_controller: 'true' }, [start, 1]);
    is('kube_pod_info', { node }, [start, 1]);
    if (type !== undefined) {
      const prefix = `label_${kind.toLowerCase()}_sedna_io`;
      is('kube_pod_labels', { [`${prefix}_name`]: job, [`${prefix}_worker_type`]: type }, [start, 1]);
    }
    is('kube_pod_created', {}, [start, start * 60]);
    is('kube_pod_start_time', {}, [start, start * 60]);
    const ends = end ? [end] : [];
    this.phases(pod, [[start, waits === undefined ? 'Running' : 'Pending'], ...ends], deleted);
    ends.forEach(([minute]) => is('kube_pod_completion_time', {}, [minute, minute * 60]));
    is('kube_pod_container_status_restarts_total', { container: 'w' }, ...(restarts ?? [[start, 0]]));
    if (waits !== undefined) {
      is('kube_pod_container_status_waiting_reason', { container: 'w', reason: waits }, [start, 1]);
    }
    if (logs && waits === undefined) {
      const [from, to] = logs === true ? [start, end?.[0] ?? deleted ?? this.minutes + 1] : logs;
      this.add('sedna_log_last_line_timestamp_seconds', pod, [from + 1, 'now'], [Math.max(to, from + 1) + 3, 'gone']);
    }
    return this;
  }

  /** A job with its dataset. */
  job(job: Job): this {
    const { name, kind = 'LifelongLearningJob', node = 'edge-node', states, deleted, format = 'csv' } = job;
    const start = states[0][0];
    const { datasetFrom = start } = job;
    const [object, of] = [
      { namespace: 'n', name },
      { namespace: 'n', name, kind },
    ];
    const family = `sedna_${kind.toLowerCase()}`;
    const is = (metric: string, labels: Labels, ...steps: Step[]) =>
      this.add(metric, labels, ...steps, ...gone(deleted));
    const dataset = { namespace: 'n', name: `${name}-data`, kind: 'Dataset' };
    is(`${family}_info`, { ...of, dataset: dataset.name }, [start, 1]);
    for (const state of new Set(states.map(([, each]) => each))) {
      const [stage, condition] = state.split('/');
      const steps = states.flatMap(([minute, each], index): Step[] =>
        each === state ? [[minute, 1]] : states[index - 1]?.[1] === state ? [[minute, 'gone']] : []
      );
      is(`${family}_condition`, { ...of, stage, condition }, ...steps);
    }
    const changes = states.map(([minute], index): Step => [
      minute,
      (index === 0 ? (job.since ?? minute) : minute) * 60,
    ]);
    is(`${family}_last_transition_timestamp_seconds`, of, ...changes);
    is('sedna_job_last_transition_timestamp_seconds', { ...of, instance: 'x' }, ...changes);
    const steps = states.map(([, state]) => ({ stage: state.split('/')[0], type: state.split('/')[1] }));
    const stateStarts = changes.map(([minute], index): Step => {
      const first = findStateStart(steps.slice(0, index + 1).map((each, place) => ({ ...each, place })))!;
      return [minute, changes[first.place][1]];
    });
    is('sedna_job_state_start_timestamp_seconds', { ...of, instance: 'x' }, ...stateStarts);
    for (const [stage, condition] of ['Train', 'Eval', 'Deploy'].flatMap((s) => STAGED_ALL.map((c) => [s, c]))) {
      const written = states.filter(([, state]) => state === `${stage}/${condition}`);
      const counts = written.map(([minute], index): Step => [minute, index + 1]);
      const first: Step[] = counts[0]?.[0] === start ? [] : [[start, 0]];
      is('sedna_job_condition_transitions_total', { ...of, stage, condition, instance: 'x' }, ...first, ...counts);
    }
    for (const stage of ['Train', 'Eval', 'Deploy']) {
      let failures = 0;
      const ends = states.flatMap(([minute, state]): Step[] => {
        if (state === `${stage}/Failed`) {
          return [[minute, ++failures]];
        }
        failures = state === `${stage}/Completed` ? 0 : failures;
        return state === `${stage}/Completed` ? [[minute, 0]] : [];
      });
      is(
        'sedna_job_consecutive_failures',
        { ...of, stage, instance: 'x' },
        ...(ends[0]?.[0] === start ? [] : [[start, 0] as const]),
        ...ends
      );
    }
    const trigger = { operator: job.operator ?? '>', metric: 'num_of_samples', window_start: '00:00' };
    is('sedna_job_trigger_info', { ...of, ...trigger }, [start, 1]);
    for (const [stage, steps] of Object.entries(job.withoutData ?? {})) {
      is('sedna_job_completed_without_data', { ...of, stage }, ...steps);
    }
    if (job.hasModel ?? true) {
      is('sedna_job_model_info', { ...of, role: 'trained', url: '/o' }, [start, 1]);
      is('sedna_job_model_info', { ...of, role: 'deployed', url: '/o' }, [start, 1]);
    }
    for (const [metric, steps] of Object.entries(job.scores ?? {})) {
      is('sedna_job_eval_metric', { ...of, metric }, ...steps);
    }
    is('sedna_dataset_info', { ...dataset, node, format }, [datasetFrom, 1]);
    is(
      'sedna_dataset_update_timestamp_seconds',
      dataset,
      ...(job.datasetUpdates ?? [[datasetFrom, datasetFrom * 60] as const])
    );
    if (job.datasetRead) {
      this.add('sedna_log_dataset_read', dataset, ...job.datasetRead);
    }
    (job.pods ?? []).forEach((pod) => this.pod(object.name, kind, pod));
    return this;
  }
}

const gone = (minute: number | undefined): Step[] => (minute === undefined ? [] : [[minute, 'gone']]);

/**
 * Rounds of a job that is well, each with a pod that trains, one that evaluates, and the one that infers.
 * @param starts minutes at which the trigger of a round is met; the job waits from minute 0 on
 * @param trains minutes that training takes, `evaluates` those of the evaluation
 */
export function rounds(name: string, node: string, starts: readonly number[], trains: number, evaluates: number) {
  const states: Array<[number, string]> = [[0, 'Train/Waiting']];
  const pods: Pod[] = [];
  const suffix = (index: number) => `${String.fromCharCode(97 + (index % 26))}`.repeat(4) + String(index % 10);
  starts.forEach((at, index) => {
    const [evaluation, deploy] = [at + 2 + trains + 1, at + 2 + trains + 3 + evaluates + 1];
    states.push(
      [at, 'Train/Ready'],
      [at + 1, 'Train/Starting'],
      [at + 2, 'Train/Running'],
      [at + 2 + trains, 'Train/Completed'],
      [evaluation, 'Eval/Waiting'],
      [evaluation + 1, 'Eval/Ready'],
      [evaluation + 2, 'Eval/Running'],
      [evaluation + 2 + evaluates, 'Eval/Completed'],
      [deploy, 'Deploy/Waiting'],
      [deploy + 1, 'Deploy/Completed'],
      [deploy + 2, 'Train/Waiting']
    );
    const ended = (type: string, start: number, end: number): Pod => ({
      name: `${name}-${type}-${suffix(index)}`,
      node,
      start,
      end: [end, 'Succeeded'],
    });
    pods.push(ended('train', at + 2, at + 2 + trains), ended('eval', evaluation + 2, evaluation + 2 + evaluates));
    pods.push({
      name: `${name}-inference-${suffix(index)}`,
      node,
      start: deploy + 1,
      // Replaced at the next deployment; it says how it starts, and no more.
      deleted: starts[index + 1] && starts[index + 1] + 2 + trains + 3 + evaluates + 2,
      logs: [deploy + 1, deploy + 2],
    });
  });
  return { name, node, states, pods };
}
