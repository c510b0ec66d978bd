/** Rules about what any object may depend on: nodes, collection, worker pods, workers that fail. */
import { KINDS } from '../kinds';
import { POD_RULES, STAGED, WITH_WORKERS } from './podRules';
import { toConditionEvidence, hasCondition, toLineEvidence, type RuleContext, type Rule } from './rule';
import {
  CLOCK_DRIFT_SECONDS,
  FAILURE_LOOP,
  NODE_OFFLINE_AFTER,
  SAMPLE_STALE_AFTER,
  SOURCE_STALE_AFTER_SECONDS,
} from './thresholds';

const ALL = KINDS.map(({ kind }) => kind);
/** Kinds without stages whose condition can tell of a failure. */
export const UNSTAGED = KINDS.filter(({ staged, conditionTypes }) => !staged && conditionTypes.includes('Failed')).map(
  ({ kind }) => kind
);

const hasJustCompleted = hasCondition('Deploy/Completed');

/** Whether the last failure is known to be newer than the last completed round; also where no round is known of. */
function isFailureNewest({ facts, signs }: RuleContext): boolean {
  const { condition, failures = [] } = facts;
  if (condition?.type === 'Failed' || hasJustCompleted(facts)) {
    return condition?.type === 'Failed';
  }
  // All windows end now: what the shorter one has alone is newer.
  const shortest = failures
    .filter(({ completedRounds }) => completedRounds !== undefined)
    .sort((a, b) => a.window - b.window)
    .find(({ failed, completedRounds }) => failed > 0 || completedRounds! > 0);
  if (!shortest || shortest.completedRounds === 0 || shortest.failed === 0) {
    return shortest?.failed !== 0;
  }
  // Both are in it. A round begins anew right after a failure, and none completes before its evaluation finished.
  const failedAt = signs.last('stage-failed')?.line.time ?? -Infinity;
  const evaluatedAt = signs.last('evaluated')?.line.time ?? Infinity;
  const isNewRound =
    hasCondition('Train/Waiting')(facts) && failedAt >= (condition?.since ?? Infinity) - CLOCK_DRIFT_SECONDS;
  return isNewRound || failedAt > evaluatedAt + CLOCK_DRIFT_SECONDS;
}

export const SHARED_RULES: readonly Rule[] = [
  {
    id: 'node-offline',
    severity: 'warning',
    kinds: [...WITH_WORKERS, 'Dataset'],
    requires: ['nodes'],
    detect: ({ facts, now }) => {
      const away = (facts.nodes ?? []).filter(({ leaseAge }) => leaseAge > NODE_OFFLINE_AFTER);
      if (away.length === 0) {
        return undefined;
      }
      const oldest = Math.max(...away.map(({ leaseAge }) => leaseAge));
      return {
        since: now - oldest,
        about: { nodes: away.map(({ node }) => node).join(', ') },
        evidence: away.map(({ node, leaseAge }) => ({
          query: 'node-lease' as const,
          values: { node, leaseAgeSeconds: leaseAge, limitSeconds: NODE_OFFLINE_AFTER },
        })),
      };
    },
  },
  {
    id: 'data-stale',
    severity: 'warning',
    kinds: ALL,
    requires: ['freshness'],
    detect: ({ facts: { freshness }, now }) => {
      const isUncollected = freshness?.collected === false;
      const sampleAge = freshness?.sampled === undefined ? undefined : now - freshness.sampled;
      const isLate = sampleAge !== undefined && sampleAge > SAMPLE_STALE_AFTER;
      const old = (freshness?.sources ?? []).filter(
        ({ lastSuccess }) => now - lastSuccess > SOURCE_STALE_AFTER_SECONDS
      );
      if (!isUncollected && !isLate && old.length === 0) {
        return undefined;
      }
      const ages = [
        ...(sampleAge === undefined ? [] : [sampleAge]),
        ...old.map(({ lastSuccess }) => now - lastSuccess),
      ];
      return {
        since: ages.length === 0 ? undefined : now - Math.max(...ages),
        about: { sources: old.map(({ source }) => source).join(', '), isLate, isUncollected },
        evidence: [
          {
            query: 'freshness',
            values: {
              ...(sampleAge !== undefined && { sampleAgeSeconds: sampleAge }),
              collected: !isUncollected,
              limitSeconds: SAMPLE_STALE_AFTER,
            },
          },
          ...old.map(({ source, lastSuccess }) => ({
            query: 'freshness' as const,
            values: { source, ageSeconds: now - lastSuccess, limitSeconds: SOURCE_STALE_AFTER_SECONDS },
          })),
        ],
      };
    },
  },
  ...POD_RULES,
  {
    id: 'failing-loop',
    severity: 'error',
    kinds: STAGED,
    requires: ['failures'],
    detect: (context) => {
      const { facts, signs } = context;
      const loop = facts.failures?.find(
        ({ failed, completedRounds = 0 }) => failed >= FAILURE_LOOP && failed > completedRounds
      );
      if (!loop || !isFailureNewest(context)) {
        return undefined;
      }
      const { window, failed, completedRounds } = loop;
      return {
        about: { failed, hours: window / 3600, exception: signs.last('exception')?.value ?? '' },
        evidence: [
          {
            query: 'failures',
            values: { failed, windowSeconds: window, ...(completedRounds !== undefined && { completedRounds }) },
          },
          ...toLineEvidence(signs, 'exception', 'stage-failed'),
        ],
      };
    },
  },
  {
    id: 'stage-failed',
    severity: 'warning',
    kinds: STAGED,
    requires: [],
    requiresAny: ['condition', 'failures'],
    suppressedBy: ['failing-loop'],
    detect: (context) => {
      const { facts, signs } = context;
      // Counts are scraped, and so may be behind the condition.
      const failed = hasJustCompleted(facts)
        ? undefined
        : facts.failures?.find((failure) => failure.failed > 0 && failure.completedRounds === 0);
      const isFailed = facts.condition?.type === 'Failed';
      if (!isFailed && !failed) {
        return undefined;
      }
      return {
        since: isFailed ? facts.condition?.since : undefined,
        about: { stage: isFailed ? facts.condition!.stage : '', exception: signs.last('exception')?.value ?? '' },
        evidence: [
          failed
            ? { query: 'failures', values: { failed: failed.failed, windowSeconds: failed.window, completedRounds: 0 } }
            : toConditionEvidence(context),
          ...toLineEvidence(signs, 'exception', 'stage-failed'),
        ],
      };
    },
  },
  {
    id: 'condition-failed',
    severity: 'error',
    kinds: UNSTAGED,
    requires: ['condition'],
    detect: (context) => {
      const { condition, phase } = context.facts;
      return condition?.type === 'Failed' || phase === 'Failed'
        ? {
            since: condition?.since,
            about: { failed: context.facts.failedWorkers ?? 0 },
            evidence: [toConditionEvidence(context)],
          }
        : undefined;
    },
  },
  {
    id: 'workers-failed',
    severity: 'warning',
    kinds: UNSTAGED,
    requires: ['status-counts'],
    suppressedBy: ['condition-failed'],
    detect: ({ facts: { failedWorkers = 0 } }) =>
      failedWorkers > 0
        ? {
            about: { failed: failedWorkers },
            evidence: [{ query: 'status-counts', values: { failed: failedWorkers } }],
          }
        : undefined,
  },
];
