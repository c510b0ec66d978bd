/** Rules about lifelong learning: how a job waits, hangs and loops, as its conditions and the logs of Sedna tell. */
import type { KindName, Stage } from '../kinds';
import { connectionOf } from './connection';
import { nodeOfController } from './facts';
import { STAGED } from './podRules';
import { conditionAge, conditionEvidence, isAt, lineEvidence, type Context, type Evidence, type Rule } from './rule';
import {
  CLOCK_DRIFT,
  DATASET_UNREAD_AFTER,
  DISCONNECTED_AFTER,
  LOCAL_TRIES,
  NO_PROGRESS_AFTER,
  REPORT_LOST_AFTER,
  SIGN_IS_OVER_AFTER,
  TWO_RESYNCS,
} from './thresholds';
import { triggerProblem } from './trigger';

const LIFELONG: readonly KindName[] = ['LifelongLearningJob'];

/** Formats of a dataset that the local controller can read, whatever their case. */
export const DATASET_FORMATS: readonly string[] = ['csv', 'txt'];

const REPORTING_STAGES: readonly Stage[] = ['Train', 'Eval'];
const PREVIOUS: Partial<Record<string, Stage>> = { Eval: 'Train', Deploy: 'Eval' };

/** The stage whose report may still come: it has only just completed. */
function mayBeLate(context: Context): string | undefined {
  const { stage = '', type } = context.facts.condition ?? {};
  const completed = type === 'Completed' ? stage : type === 'Waiting' ? PREVIOUS[stage] : undefined;
  return conditionAge(context) <= REPORT_LOST_AFTER ? completed : undefined;
}

const withoutDataEvidence = (stage: Stage): Evidence => ({
  query: 'completed-without-data',
  values: { stage, withoutData: true },
});

const lostEvidence = ({ signs }: Context) =>
  lineEvidence(signs, 'report-lost', 'report-refused', 'stage-invalid', 'model-missing');

/** Lines that say that the dataset was not read and are not refuted by a later one, or by a report of the dataset. */
function unreadLines({ facts, signs }: Context) {
  const { dataset } = facts;
  const good = signs.last('train-samples', 'training-triggered', 'dataset-read')?.line.time ?? -Infinity;
  const refuted = Math.max(good, dataset?.updated ?? -Infinity);
  return signs
    .all('dataset-not-loaded', 'dataset-unread')
    .filter(({ id, told }) => id === 'dataset-not-loaded' || told === dataset?.name || told === facts.object.name)
    .filter(({ line }) => line.time > refuted);
}

function isUnread(context: Context): boolean {
  const { facts, now } = context;
  const lines = unreadLines(context);
  const newest = lines[lines.length - 1];
  const byLogs =
    newest !== undefined && now - newest.line.time < SIGN_IS_OVER_AFTER && now - lines[0].line.time > LOCAL_TRIES;
  const updated = facts.dataset?.updated ?? -Infinity;
  return byLogs || (facts.dataset?.read === false && now - updated > DATASET_UNREAD_AFTER);
}

function unreadFinding(context: Context) {
  const { facts, signs } = context;
  const lines = unreadLines(context);
  const { node = '', read } = facts.dataset ?? {};
  const name = facts.dataset?.name ?? (facts.object.kind === 'Dataset' ? facts.object.name : '');
  return {
    since: lines[0]?.line.time,
    about: { dataset: name, node, cause: signs.last('dataset-not-loaded')?.told ?? '' },
    evidence: [
      ...(read === undefined ? [] : [{ query: 'dataset-read' as const, values: { dataset: name, read } }]),
      ...lineEvidence(signs, 'dataset-not-loaded', 'dataset-unread'),
    ],
  };
}

export const LIFELONG_RULES: readonly Rule[] = [
  {
    id: 'knowledge-base-unreachable',
    severity: 'warning',
    kinds: LIFELONG,
    needs: [],
    oneOf: ['knowledge-base', 'logs'],
    detect: ({ facts: { knowledgeBase = {} }, signs, now }) => {
      const refused = signs.last('knowledge-base-refused');
      const { readable, podPhase, isWithoutPod = false } = knowledgeBase;
      const isRefused = refused !== undefined && now - refused.line.time < SIGN_IS_OVER_AFTER;
      const isDown = isWithoutPod || (podPhase !== undefined && podPhase !== 'Running');
      if (readable !== false && !isDown && !isRefused) {
        return undefined;
      }
      return {
        since: isRefused ? refused.line.time : undefined,
        about: { podPhase: podPhase ?? '', readable: readable ?? '', refused: isRefused, isWithoutPod },
        evidence: [
          {
            query: 'knowledge-base' as const,
            values: {
              ...(podPhase !== undefined && { podPhase }),
              ...(isWithoutPod && { pods: 0 }),
              ...(readable !== undefined && { readable }),
            },
          },
          ...lineEvidence(signs, 'knowledge-base-refused'),
        ],
      };
    },
  },
  {
    id: 'dataset-missing',
    severity: 'error',
    kinds: STAGED,
    needs: ['condition-time', 'dataset-exists'],
    applies: isAt('*/Waiting'),
    detect: (context) => {
      const { condition, dataset } = context.facts;
      return dataset!.exists || conditionAge(context) <= DATASET_UNREAD_AFTER
        ? undefined
        : {
            since: condition!.since,
            about: { dataset: dataset!.name },
            evidence: [
              { query: 'dataset', values: { dataset: dataset!.name, exists: false } },
              conditionEvidence(context),
              ...lineEvidence(context.signs, 'dataset-not-found'),
            ],
          };
    },
  },
  {
    id: 'dataset-unread',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['condition-time', 'nodes'],
    oneOf: ['dataset-read', 'logs'],
    steady: 'any-node',
    yieldsTo: ['dataset-missing', 'dataset-format', 'local-controller-disconnected'],
    applies: isAt('Train/Waiting'),
    detect: (context) =>
      conditionAge(context) > DATASET_UNREAD_AFTER && isUnread(context) ? unreadFinding(context) : undefined,
  },
  {
    id: 'dataset-unreadable',
    severity: 'error',
    kinds: ['Dataset'],
    needs: ['nodes'],
    oneOf: ['dataset-read', 'logs'],
    steady: 'any-node',
    yieldsTo: ['dataset-format'],
    detect: (context) => (isUnread(context) ? unreadFinding(context) : undefined),
  },
  {
    id: 'dataset-format',
    severity: 'error',
    kinds: [...STAGED, 'Dataset'],
    needs: ['dataset-format'],
    applies: (facts) => facts.object.kind === 'Dataset' || isAt('Train/Waiting')(facts),
    detect: ({ facts: { object, dataset } }) => {
      const [name, format] = [dataset!.name, dataset!.format!];
      if (DATASET_FORMATS.includes(format.toLowerCase())) {
        return undefined;
      }
      // Who uses a dataset is not known on its own page, and workers of other kinds read it themselves.
      const isNeeded = object.kind !== 'Dataset';
      return {
        severity: isNeeded ? 'error' : 'warning',
        about: { dataset: name, format, isNeeded },
        evidence: [{ query: 'dataset', values: { dataset: name, format } }],
      };
    },
  },
  {
    id: 'trigger-never',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['condition', 'trigger'],
    applies: isAt('Train/Waiting'),
    detect: ({ facts: { trigger } }) => {
      const problem = triggerProblem(trigger!);
      return problem
        ? {
            about: { field: problem.field, value: problem.value },
            evidence: [{ query: 'trigger', values: { [problem.field]: problem.value } }],
          }
        : undefined;
    },
  },
  {
    id: 'local-controller-disconnected',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['nodes', 'controller-node'],
    oneOf: ['local-controller', 'logs'],
    steady: 'any-node',
    yieldsTo: ['node-offline'],
    untold: (context) => (connectionOf(context) ? undefined : 'connection'),
    detect: (context) => {
      const { facts, signs, now } = context;
      const { connected, since } = connectionOf(context)!;
      if (connected || (since !== undefined && now - since <= DISCONNECTED_AFTER)) {
        return undefined;
      }
      const node = nodeOfController(facts)!;
      return {
        since,
        about: { node },
        evidence: [
          { query: 'local-controller', values: { node, connected: false } },
          ...lineEvidence(signs, 'node-connected', 'node-disconnected'),
        ],
      };
    },
  },
  {
    id: 'pod-refused',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['condition-time', 'logs'],
    applies: isAt('Train/Ready', 'Eval/Ready'),
    detect: (context) => {
      const { facts, signs } = context;
      const { stage, since } = facts.condition!;
      const refused = signs.last('pod-refused');
      if (!refused || refused.line.time < since! - CLOCK_DRIFT || conditionAge(context) <= TWO_RESYNCS) {
        return undefined;
      }
      return {
        since,
        about: { stage, cause: refused.told },
        evidence: [...lineEvidence(signs, 'pod-refused'), conditionEvidence(context)],
      };
    },
  },
  {
    id: 'report-lost',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['condition-time', 'completed-data'],
    // Without a model to deploy Sedna goes on; only without any to evaluate it does not.
    applies: isAt('Eval/Waiting'),
    detect: (context) => {
      const { condition, completedWithoutData, hasTrainedModel } = context.facts;
      const isLost = completedWithoutData?.Train === true && hasTrainedModel !== true;
      if (!isLost || conditionAge(context) <= REPORT_LOST_AFTER) {
        return undefined;
      }
      return {
        since: condition!.since,
        about: { stage: 'Train', next: 'Eval' },
        evidence: [withoutDataEvidence('Train'), conditionEvidence(context), ...lostEvidence(context)],
      };
    },
  },
  {
    id: 'older-model-used',
    severity: 'warning',
    kinds: LIFELONG,
    needs: ['completed-data'],
    yieldsTo: ['report-lost'],
    detect: (context) => {
      const { completedWithoutData = {} } = context.facts;
      const late = mayBeLate(context);
      const lost = REPORTING_STAGES.filter((stage) => completedWithoutData[stage] === true && stage !== late);
      return lost.length === 0
        ? undefined
        : {
            about: { stages: lost.join(', ') },
            evidence: [...lost.map(withoutDataEvidence), ...lostEvidence(context)],
          };
    },
  },
  {
    id: 'model-not-copied',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['condition-time'],
    oneOf: ['deploy-status', 'logs'],
    applies: isAt('Deploy/Waiting'),
    detect: (context) => {
      const { facts, signs, now } = context;
      const error = signs.last('model-not-copied');
      const isRecent =
        error !== undefined &&
        error.line.time >= facts.condition!.since! - CLOCK_DRIFT &&
        now - error.line.time < SIGN_IS_OVER_AFTER;
      if ((!isRecent && facts.deployNotOk !== true) || conditionAge(context) <= LOCAL_TRIES) {
        return undefined;
      }
      return {
        since: facts.condition!.since,
        about: { cause: error?.told ?? '', node: nodeOfController(facts) ?? '' },
        evidence: [
          ...lineEvidence(signs, 'model-not-copied'),
          ...(facts.deployNotOk === undefined
            ? []
            : [{ query: 'deploy-status' as const, values: { notOk: facts.deployNotOk } }]),
          conditionEvidence(context),
        ],
      };
    },
  },
  {
    id: 'index-not-updated',
    severity: 'error',
    kinds: LIFELONG,
    needs: ['logs'],
    untold: ({ facts: { completedWithoutData }, signs }) => {
      const hasNone = completedWithoutData !== undefined && completedWithoutData.Eval === undefined;
      return hasNone || signs.last('evaluated', 'index-not-updated') ? undefined : 'evaluation';
    },
    detect: ({ signs }) => {
      // The worker goes on after it and the round completes: only the newest evaluation tells what is in use.
      const newest = signs.last('evaluated', 'index-not-updated');
      const failed = signs.all('index-not-updated').filter(({ line }) => line.pod === newest?.line.pod)[0];
      return failed
        ? {
            since: failed.line.time,
            about: { pod: failed.line.pod },
            evidence: lineEvidence(signs, 'index-not-updated'),
          }
        : undefined;
    },
  },
  {
    id: 'no-progress',
    severity: 'warning',
    kinds: STAGED,
    needs: ['condition-time', 'nodes'],
    steady: 'any-node',
    yieldsTo: [
      'data-stale',
      'dataset-missing',
      'local-controller-disconnected',
      'pod-refused',
      'pod-pending',
      'crash-loop',
      'global-manager-unresponsive',
      'report-lost',
      'model-not-copied',
    ],
    // An incremental learning job may wait in Eval and Deploy for triggers of its own.
    applies: (facts) =>
      isAt('*/Ready', '*/Starting')(facts) ||
      (LIFELONG.includes(facts.object.kind) && isAt('Eval/Waiting', 'Deploy/Waiting')(facts)),
    detect: (context) => {
      const { condition } = context.facts;
      return conditionAge(context) > NO_PROGRESS_AFTER
        ? {
            since: condition!.since,
            about: { stage: condition!.stage, condition: condition!.type },
            evidence: [conditionEvidence(context)],
          }
        : undefined;
    },
  },
];
