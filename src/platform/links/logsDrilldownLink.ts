/** Links to Grafana's Logs Drilldown, in the form that its own links from Explore have. */
import { urlUtil } from '@grafana/data';
import type { AbsoluteTimeRange } from './links';
import { LOGS_DRILLDOWN } from '../installedApps';
import type { TextFilter } from '../../query/logs/logKeywords';
import type { Matcher } from '../../query/escape';
import { getDataSourceRef } from '../dataSources';

export interface DrilldownSearch {
  /** Under the names that this Loki has for them. */
  streams: readonly Matcher[];
  metadata?: readonly Matcher[];
  filters?: readonly TextFilter[];
  span: AbsoluteTimeRange;
}

/** Stands before a value that is not to be escaped once more, as that of a pattern. */
const AS_TYPED = '__CVΩ__';

/** Its own delimiters within a value. */
const escaped = (text: string) => text.replaceAll(',', '__gfc__').replaceAll('|', '__gfp__');

const matcherText = ({ label, operator, value }: Matcher) =>
  `${label}|${operator}|${escaped(AS_TYPED + value)},${escaped(value)}`;

const IGNORES_CASE = '(?i)';

function filterText({ operator, value }: TextFilter, index: number): string {
  const ignoresCase = operator.endsWith('~') && value.startsWith(IGNORES_CASE);
  const key = ignoresCase ? 'caseInsensitive' : `caseSensitive,${index}`;
  return `${key}|${escaped(operator)}|${escaped(ignoresCase ? value.slice(IGNORES_CASE.length) : value)}`;
}

/** The label and value that its page is called by; slashes would be parts of the path. */
function getPagePath(streams: readonly Matcher[]): string | undefined {
  const first = streams.find(({ operator }) => operator === '=' || operator === '=~');
  return (
    first &&
    `${encodeURIComponent(first.label)}/${encodeURIComponent(first.value.split('|')[0].replace(/[/\\]/g, '-'))}`
  );
}

/** Opens a search in Logs Drilldown; without a label to go by, only the app. */
export function buildLogsDrilldownUrl({ streams, metadata = [], filters = [], span }: DrilldownSearch): string {
  const page = getPagePath(streams);
  if (page === undefined) {
    return `/a/${LOGS_DRILLDOWN}/explore`;
  }
  return urlUtil.renderUrl(`/a/${LOGS_DRILLDOWN}/explore/${page}/logs`, {
    'var-ds': getDataSourceRef('loki').uid,
    from: String(Math.round(span.from)),
    to: String(Math.round(span.to)),
    'var-filters': streams.map(matcherText),
    'var-metadata': metadata.map(matcherText),
    'var-lineFilters': filters.map(filterText),
  });
}
