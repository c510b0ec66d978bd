/** URLs of Grafana's Logs Drilldown in the format of its own links from Explore. */
import { urlUtil } from '@grafana/data';
import type { AbsoluteTimeRange } from './links';
import { LOGS_DRILLDOWN } from '../installedApps';
import type { TextFilter } from '../../query/logs/logKeywords';
import type { Matcher } from '../../query/escape';
import { getDataSourceRef } from '../dataSources';

export interface DrilldownSearch {
  /** With the label names of this Loki. */
  streams: readonly Matcher[];
  metadata?: readonly Matcher[];
  filters?: readonly TextFilter[];
  span: AbsoluteTimeRange;
}

/** Prefix of a value that must not be escaped again, such as a regular expression. */
const AS_TYPED = '__CVΩ__';

/** Escapes the delimiters of its URL parameters. */
const escapeValue = (text: string) => text.replaceAll(',', '__gfc__').replaceAll('|', '__gfp__');

const formatMatcher = ({ label, operator, value }: Matcher) =>
  `${label}|${operator}|${escapeValue(AS_TYPED + value)},${escapeValue(value)}`;

const IGNORES_CASE = '(?i)';

function formatFilter({ operator, value }: TextFilter, index: number): string {
  const ignoresCase = operator.endsWith('~') && value.startsWith(IGNORES_CASE);
  const key = ignoresCase ? 'caseInsensitive' : `caseSensitive,${index}`;
  return `${key}|${escapeValue(operator)}|${escapeValue(ignoresCase ? value.slice(IGNORES_CASE.length) : value)}`;
}

/** Returns the path segments of its page: the first label and value. A slash in a segment would split it. */
function getPagePath(streams: readonly Matcher[]): string | undefined {
  const first = streams.find(({ operator }) => operator === '=' || operator === '=~');
  return (
    first &&
    `${encodeURIComponent(first.label)}/${encodeURIComponent(first.value.split('|')[0].replace(/[/\\]/g, '-'))}`
  );
}

/** Returns the URL of a search in Logs Drilldown; that of its start page if no label is selected. */
export function buildLogsDrilldownUrl({ streams, metadata = [], filters = [], span }: DrilldownSearch): string {
  const page = getPagePath(streams);
  if (page === undefined) {
    return `/a/${LOGS_DRILLDOWN}/explore`;
  }
  return urlUtil.renderUrl(`/a/${LOGS_DRILLDOWN}/explore/${page}/logs`, {
    'var-ds': getDataSourceRef('loki').uid,
    from: String(Math.round(span.from)),
    to: String(Math.round(span.to)),
    'var-filters': streams.map(formatMatcher),
    'var-metadata': metadata.map(formatMatcher),
    'var-lineFilters': filters.map(formatFilter),
  });
}
