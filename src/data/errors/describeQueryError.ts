/** Titles, advice, and details for failed queries. */
import { t } from '../../platform/i18n';

export type QueryErrorKind = 'refused' | 'unreachable' | 'timeout' | 'busy' | 'limit' | 'rejected';

export interface QueryErrorLike {
  status?: number;
  statusText?: string;
  message?: string;
  data?: { message?: string; error?: string };
}

/** Messages of Loki and Prometheus for a query that exceeds one of their limits. */
const LIMIT_EXCEEDED =
  /exceeds the limit|too many bytes|too large to execute|maximum number of series|limit per query exceeded|too many (samples|chunks|points)|exceeded maximum resolution|limit reached while evaluating|larger than max/;

/**
 * Classifies errors by the advice they need. If Grafana can't reach the server of a resource call, it responds only "An
 * error occurred within the plugin".
 */
export function classifyQueryError({ status, message = '', data }: QueryErrorLike): QueryErrorKind {
  const text = `${message} ${data?.message ?? ''} ${data?.error ?? ''}`.toLowerCase();
  if (status === 401 || status === 403 || /permissions? (to|needed)|forbidden|unauthorized|access denied/.test(text)) {
    return 'refused';
  }
  if (status === 429 || /too many (outstanding )?requests/.test(text)) {
    return 'busy';
  }
  if (LIMIT_EXCEEDED.test(text)) {
    return 'limit';
  }
  if (status === 504 || /gateway timeout|i\/o timeout|timed out|deadline exceeded|timeout exceeded/.test(text)) {
    return 'timeout';
  }
  if (
    status === 502 ||
    status === 503 ||
    /connection refused|no such host|bad gateway|: eof|connection reset|failed to fetch|dial tcp|service unavailable|error occurred within the plugin/.test(
      text
    )
  ) {
    return 'unreachable';
  }
  return 'rejected';
}

export interface ErrorDescription {
  title: string;
  action: string;
  /** Message of the data source; empty if it has none. */
  detail: string;
}

/** Removes the query string of URLs, which contains whole queries. */
const removeQueryStrings = (text: string) => text.replace(/(https?:\/\/[^\s"?]+\?)[^\s"]+/g, '$1…');

/** Returns title, advice, and details. `name` is that of the data source. */
export function describeQueryError(error: QueryErrorLike, name: string): ErrorDescription {
  const detail = removeQueryStrings(
    error.data?.message || error.data?.error || error.message || error.statusText || ''
  );
  switch (classifyQueryError(error)) {
    case 'refused':
      return {
        title: t('error.refused.title', "You don't have permission to query {{name}}", {
          name,
        }),
        action: t('error.refused.action', 'Ask an administrator for permission to query this data source'),
        detail,
      };
    case 'unreachable':
      return {
        title: t('error.unreachable.title', "Can't reach {{name}}", {
          name,
        }),
        action: t(
          'error.unreachable.action',
          'This page retries automatically. If it keeps failing, check that the server runs and the data source URL is correct.'
        ),
        detail,
      };
    case 'timeout':
      return {
        title: t('error.timeout.title', '{{name}} timed out', { name }),
        action: t('error.timeout.action', 'Select a shorter time range or fewer objects, then refresh'),
        detail,
      };
    case 'busy':
      return {
        title: t('error.busy.title', '{{name}} is overloaded', { name }),
        action: t('error.busy.action', 'Wait a moment, then refresh. A shorter time range reduces the load.'),
        detail,
      };
    case 'limit':
      return {
        title: t('error.limit.title', 'The query exceeds a limit of {{name}}', {
          name,
        }),
        action: t(
          'error.limit.action',
          'Select a shorter time range or fewer objects, or ask an administrator to raise the limit'
        ),
        detail,
      };
    default:
      return {
        title: t('error.rejected.title', "{{name}} couldn't run the query", {
          name,
        }),
        action: t('error.rejected.action', 'Change your selection, then refresh. The server response is below.'),
        detail,
      };
  }
}
