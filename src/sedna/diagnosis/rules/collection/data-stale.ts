import { ALL_KINDS } from '../../detection/kinds';
import type { Rule } from '../../rule';
import type { RuleFile, RuleScenarios } from '../../ruleFile';
import { SAMPLES_STALE_AFTER_SECONDS, SOURCE_STALE_AFTER_SECONDS } from '../../thresholds';

/** The samples of the object, or of a source of the exporter, are outdated. */
export const rule: Rule = {
  id: 'data-stale',
  severity: 'warning',
  kinds: ALL_KINDS,
  requires: ['freshness'],
  holdFor: 300,
  detect: ({ facts: { freshness }, now }) => {
    const isUncollected = freshness?.collected === false;
    const sampleAge = freshness?.sampled === undefined ? undefined : now - freshness.sampled;
    const isLate = sampleAge !== undefined && sampleAge > SAMPLES_STALE_AFTER_SECONDS;
    const old = (freshness?.sources ?? []).filter(({ lastSuccess }) => now - lastSuccess > SOURCE_STALE_AFTER_SECONDS);
    if (!isUncollected && !isLate && old.length === 0) {
      return undefined;
    }
    const ages = [...(sampleAge === undefined ? [] : [sampleAge]), ...old.map(({ lastSuccess }) => now - lastSuccess)];
    return {
      since: ages.length === 0 ? undefined : now - Math.max(...ages),
      params: { sources: old.map(({ source }) => source).join(', '), isLate, isUncollected },
      evidence: [
        {
          query: 'freshness',
          values: {
            ...(sampleAge !== undefined && { sampleAgeSeconds: sampleAge }),
            collected: !isUncollected,
            limitSeconds: SAMPLES_STALE_AFTER_SECONDS,
          },
        },
        ...old.map(({ source, lastSuccess }) => ({
          query: 'freshness' as const,
          values: { source, ageSeconds: now - lastSuccess, limitSeconds: SOURCE_STALE_AFTER_SECONDS },
        })),
      ],
    };
  },
  text: {
    name: 'Outdated data',
    getCases: ({ isLate, isUncollected }) => (isUncollected ? ['uncollected'] : isLate ? ['late'] : []),
    cases: {
      default: {
        title: 'Data is outdated',
        cause: "The exporter can't read: {{sources}}",
        advice:
          'Check the targets of Prometheus (kube-state-metrics, exporter) and the log of the exporter. Until then, everything else on this page may be outdated.',
      },
      late: { cause: 'Prometheus has no new samples of this object' },
      uncollected: {
        title: "Sedna resources aren't collected",
        cause:
          "Prometheus has no samples of any Sedna resource: kube-state-metrics is down, not scraped, or doesn't read them. The state of this object is unknown.",
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['collection-ended'], nearMisses: ['well'] };

export const noAlert: RuleFile['noAlert'] = {
  reason: 'SednaResourcesStale and SednaExporterStale fire for the collection itself',
  runbookOf: 'resources-stale',
};
