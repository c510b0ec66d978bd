/** Rules about lifelong learning: how a job waits, hangs and loops, as its conditions and the logs of Sedna tell. */
import type { KindName, Stage } from '../kinds';
import { getConnection } from './connection';
import { getControllerNode } from './facts';
import { STAGED } from './podRules';
import {
  getConditionAge,
  toConditionEvidence,
  hasCondition,
  toLineEvidence,
  type RuleContext,
  type Evidence,
  type Rule,
} from './rule';
import {
  CLOCK_DRIFT_SECONDS,
  DATASET_UNREAD_AFTER_SECONDS,
  LC_DISCONNECTED_AFTER_SECONDS,
  LC_RETRY_TIMEOUT_SECONDS,
  NO_PROGRESS_AFTER_SECONDS,
  REPORT_LOST_AFTER_SECONDS,
  SIGNATURE_ACTIVE_SECONDS,
  GM_RESYNC_TIMEOUT_SECONDS,
} from './thresholds';
import { triggerProblem } from './trigger';

const LIFELONG: readonly KindName[] = ['LifelongLearningJob'];

/** Formats of a dataset that the local controller can read, whatever their case. */
export const DATASET_FORMATS: readonly string[] = ['csv', 'txt'];

const REPORTING_STAGES: readonly Stage[] = ['Train', 'Eval'];
const PREVIOUS: Partial<Record<string, Stage>> = { Eval: 'Train', Deploy: 'Eval' };

/** The stage whose report may still come: it has only just completed. */
function mayBeLate(context: RuleContext): string | undefined {
  const { stage = '', type } = context.facts.condition ?? {};
  const completed = type === 'Completed' ? stage : type === 'Waiting' ? PREVIOUS[stage] : undefined;
  return getConditionAge(context) <= REPORT_LOST_AFTER_SECONDS ? completed : undefined;
}

const withoutDataEvidence = (stage: Stage): Evidence => ({
  query: 'completed-without-data',
  values: { stage, withoutData: true },
});

const lostEvidence = ({ signs }: RuleContext) =>
  toLineEvidence(signs, 'report-lost', 'report-refused', 'stage-invalid', 'model-missing');

/** Lines that say that the dataset was not read and are not refuted by a later one, or by a report of the dataset. */
function unreadLines({ facts, signs }: RuleContext) {
  const { dataset } = facts;
  const good = signs.last('train-samples', 'training-triggered', 'dataset-read')?.line.time ?? -Infinity;
  const refuted = Math.max(good, dataset?.updated ?? -Infinity);
  return signs
    .all('dataset-not-loaded', 'dataset-unread')
    .filter(({ id, value }) => id === 'dataset-not-loaded' || value === dataset?.name || value === facts.object.name)
    .filter(({ line }) => line.time > refuted);
}

function isUnread(context: RuleContext): boolean {
  const { facts, now } = context;
  const lines = unreadLines(context);
  const newest = lines[lines.length - 1];
  const byLogs =
    newest !== undefined &&
    now - newest.line.time < SIGNATURE_ACTIVE_SECONDS &&
    now - lines[0].line.time > LC_RETRY_TIMEOUT_SECONDS;
  const updated = facts.dataset?.updated ?? -Infinity;
  return byLogs || (facts.dataset?.read === false && now - updated > DATASET_UNREAD_AFTER_SECONDS);
}

function unreadFinding(context: RuleContext) {
  const { facts, signs } = context;
  const lines = unreadLines(context);
  const { node = '', read } = facts.dataset ?? {};
  const name = facts.dataset?.name ?? (facts.object.kind === 'Dataset' ? facts.object.name : '');
  return {
    since: lines[0]?.line.time,
    about: { dataset: name, node, cause: signs.last('dataset-not-loaded')?.value ?? '' },
    evidence: [
      ...(read === undefined ? [] : [{ query: 'dataset-read' as const, values: { dataset: name, read } }]),
      ...toLineEvidence(signs, 'dataset-not-loaded', 'dataset-unread'),
    ],
  };
}

export const LIFELONG_RULES: readonly Rule[] = [
  {
    id: 'knowledge-base-unreachable',
    severity: 'warning',
    kinds: LIFELONG,
    requires: [],
    requiresAny: ['knowledge-base', 'logs'],
    detect: ({ facts: { knowledgeBase = {} }, signs, now }) => {
      const refused = signs.last('knowledge-base-refused');
      const { readable, podPhase, isWithoutPod = false } = knowledgeBase;
      const isRefused = refused !== undefined && now - refused.line.time < SIGNATURE_ACTIVE_SECONDS;
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
          ...toLineEvidence(signs, 'knowledge-base-refused'),
        ],
      };
    },
  },
  {
    id: 'dataset-missing',
    severity: 'error',
    kinds: STAGED,
    requires: ['condition-time', 'dataset-exists'],
    applies: hasCondition('*/Waiting'),
    detect: (context) => {
      const { condition, dataset } = context.facts;
      return dataset!.exists || getConditionAge(context) <= DATASET_UNREAD_AFTER_SECONDS
        ? undefined
        : {
            since: condition!.since,
            about: { dataset: dataset!.name },
            evidence: [
              { query: 'dataset', values: { dataset: dataset!.name, exists: false } },
              toConditionEvidence(context),
              ...toLineEvidence(context.signs, 'dataset-not-found'),
            ],
          };
    },
  },
  {
    id: 'dataset-unread',
    severity: 'error',
    kinds: LIFELONG,
    requires: ['condition-time', 'nodes'],
    requiresAny: ['dataset-read', 'logs'],
    requiresOnlineNodes: 'any-node',
    suppressedBy: ['dataset-missing', 'dataset-format', 'local-controller-disconnected'],
    applies: hasCondition('Train/Waiting'),
    detect: (context) =>
      getConditionAge(context) > DATASET_UNREAD_AFTER_SECONDS && isUnread(context) ? unreadFinding(context) : undefined,
  },
  {
    id: 'dataset-unreadable',
    severity: 'error',
    kinds: ['Dataset'],
    requires: ['nodes'],
    requiresAny: ['dataset-read', 'logs'],
    requiresOnlineNodes: 'any-node',
    suppressedBy: ['dataset-format'],
    detect: (context) => (isUnread(context) ? unreadFinding(context) : undefined),
  },
  {
    id: 'dataset-format',
    severity: 'error',
    kinds: [...STAGED, 'Dataset'],
    requires: ['dataset-format'],
    applies: (facts) => facts.object.kind === 'Dataset' || hasCondition('Train/Waiting')(facts),
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
    requires: ['condition', 'trigger'],
    applies: hasCondition('Train/Waiting'),
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
    requires: ['nodes', 'controller-node'],
    requiresAny: ['local-controller', 'logs'],
    requiresOnlineNodes: 'any-node',
    suppressedBy: ['node-offline'],
    getInconclusiveReason: (context) => (getConnection(context) ? undefined : 'connection'),
    detect: (context) => {
      const { facts, signs, now } = context;
      const { connected, since } = getConnection(context)!;
      if (connected || (since !== undefined && now - since <= LC_DISCONNECTED_AFTER_SECONDS)) {
        return undefined;
      }
      const node = getControllerNode(facts)!;
      return {
        since,
        about: { node },
        evidence: [
          { query: 'local-controller', values: { node, connected: false } },
          ...toLineEvidence(signs, 'node-connected', 'node-disconnected'),
        ],
      };
    },
  },
  {
    id: 'pod-refused',
    severity: 'error',
    kinds: LIFELONG,
    requires: ['condition-time', 'logs'],
    applies: hasCondition('Train/Ready', 'Eval/Ready'),
    detect: (context) => {
      const { facts, signs } = context;
      const { stage, since } = facts.condition!;
      const refused = signs.last('pod-refused');
      if (
        !refused ||
        refused.line.time < since! - CLOCK_DRIFT_SECONDS ||
        getConditionAge(context) <= GM_RESYNC_TIMEOUT_SECONDS
      ) {
        return undefined;
      }
      return {
        since,
        about: { stage, cause: refused.value },
        evidence: [...toLineEvidence(signs, 'pod-refused'), toConditionEvidence(context)],
      };
    },
  },
  {
    id: 'report-lost',
    severity: 'error',
    kinds: LIFELONG,
    requires: ['condition-time', 'completed-data'],
    // Without a model to deploy Sedna goes on; only without any to evaluate it does not.
    applies: hasCondition('Eval/Waiting'),
    detect: (context) => {
      const { condition, completedWithoutData, hasTrainedModel } = context.facts;
      const isLost = completedWithoutData?.Train === true && hasTrainedModel !== true;
      if (!isLost || getConditionAge(context) <= REPORT_LOST_AFTER_SECONDS) {
        return undefined;
      }
      return {
        since: condition!.since,
        about: { stage: 'Train', next: 'Eval' },
        evidence: [withoutDataEvidence('Train'), toConditionEvidence(context), ...lostEvidence(context)],
      };
    },
  },
  {
    id: 'older-model-used',
    severity: 'warning',
    kinds: LIFELONG,
    requires: ['completed-data'],
    suppressedBy: ['report-lost'],
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
    requires: ['condition-time'],
    requiresAny: ['deploy-status', 'logs'],
    applies: hasCondition('Deploy/Waiting'),
    detect: (context) => {
      const { facts, signs, now } = context;
      const error = signs.last('model-not-copied');
      const isRecent =
        error !== undefined &&
        error.line.time >= facts.condition!.since! - CLOCK_DRIFT_SECONDS &&
        now - error.line.time < SIGNATURE_ACTIVE_SECONDS;
      if ((!isRecent && facts.deployNotOk !== true) || getConditionAge(context) <= LC_RETRY_TIMEOUT_SECONDS) {
        return undefined;
      }
      return {
        since: facts.condition!.since,
        about: { cause: error?.value ?? '', node: getControllerNode(facts) ?? '' },
        evidence: [
          ...toLineEvidence(signs, 'model-not-copied'),
          ...(facts.deployNotOk === undefined
            ? []
            : [{ query: 'deploy-status' as const, values: { notOk: facts.deployNotOk } }]),
          toConditionEvidence(context),
        ],
      };
    },
  },
  {
    id: 'index-not-updated',
    severity: 'error',
    kinds: LIFELONG,
    requires: ['logs'],
    getInconclusiveReason: ({ facts: { completedWithoutData }, signs }) => {
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
            evidence: toLineEvidence(signs, 'index-not-updated'),
          }
        : undefined;
    },
  },
  {
    id: 'no-progress',
    severity: 'warning',
    kinds: STAGED,
    requires: ['condition-time', 'nodes'],
    requiresOnlineNodes: 'any-node',
    suppressedBy: [
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
      hasCondition('*/Ready', '*/Starting')(facts) ||
      (LIFELONG.includes(facts.object.kind) && hasCondition('Eval/Waiting', 'Deploy/Waiting')(facts)),
    detect: (context) => {
      const { condition } = context.facts;
      return getConditionAge(context) > NO_PROGRESS_AFTER_SECONDS
        ? {
            since: condition!.since,
            about: { stage: condition!.stage, condition: condition!.type },
            evidence: [toConditionEvidence(context)],
          }
        : undefined;
    },
  },
];
