/** Titles, advice, and details for failed queries. */
import { t } from '../../platform/i18n';
import { classifyQueryError, type QueryErrorKind } from './classifyQueryError';
import { parseServerMessage, type QueryErrorLike } from './serverMessage';

export interface ErrorDescription {
  title: string;
  action: string;
  /** Message of the server, shortened; empty if it has none. */
  detail: string;
}

const MAX_DETAIL_CHARS = 400;
const MAX_QUOTED_CHARS = 80;

/** Removes the query string of URLs, and shortens quoted texts: both contain whole queries, which hide the reason. */
function shorten(text: string): string {
  const withoutQueries = text
    .replace(/(https?:\/\/[^\s"?]+\?)[^\s"]+/g, '$1…')
    .replace(/"((?:\\.|[^"\\])*)"/g, (quoted, content: string) =>
      content.length > MAX_QUOTED_CHARS ? `"${content.slice(0, MAX_QUOTED_CHARS)}…"` : quoted
    );
  return withoutQueries.length > MAX_DETAIL_CHARS ? `${withoutQueries.slice(0, MAX_DETAIL_CHARS)}…` : withoutQueries;
}

type Texts = Omit<ErrorDescription, 'detail'>;

function describeKind(kind: QueryErrorKind, name: string): Texts {
  switch (kind) {
    case 'refused':
      return {
        title: t('error.refused.title', "You don't have permission to query {{name}}", { name }),
        action: t('error.refused.action', 'Ask an administrator for permission to query this data source'),
      };
    case 'session':
      return {
        title: t('error.session.title', 'Your Grafana session has ended'),
        action: t('error.session.action', 'Reload the page and sign in again'),
      };
    case 'credentials':
      return {
        title: t('error.credentials.title', '{{name}} requires other credentials', { name }),
        action: t(
          'error.credentials.action',
          'Ask an administrator to check the authentication of the data source, and its tenant (X-Scope-OrgID header)'
        ),
      };
    case 'unreachable':
      return {
        title: t('error.unreachable.title', "Can't reach {{name}}", { name }),
        action: t(
          'error.unreachable.action',
          'This page retries automatically. If it keeps failing, check that the server runs and the data source URL is correct.'
        ),
      };
    case 'unavailable':
      return {
        title: t('error.unavailable.title', "{{name}} isn't ready", { name }),
        action: t(
          'error.unavailable.action',
          'A part of the server is down or starting. This page retries automatically. If it keeps failing, check the server.'
        ),
      };
    case 'tls':
      return {
        title: t('error.tls.title', 'No secure connection to {{name}}', { name }),
        action: t(
          'error.tls.action',
          'Ask an administrator to check the TLS settings of the data source: the certificate authority, and http or https in the URL'
        ),
      };
    case 'wrong-address':
      return {
        title: t('error.wrong-address.title', "The URL of {{name}} doesn't lead to its API", { name }),
        action: t(
          'error.wrong-address.action',
          'A login page or another server responds. Ask an administrator to check the URL and the authentication of the data source.'
        ),
      };
    case 'missing':
      return {
        title: t('error.missing.title', '{{name}} not found in Grafana', { name }),
        action: t(
          'error.missing.action',
          'The data source or its plugin was removed. Reload the page, or select another one on the configuration page.'
        ),
      };
    case 'timeout':
      return {
        title: t('error.timeout.title', '{{name}} timed out', { name }),
        action: t('error.timeout.action', 'Select a shorter time range or fewer objects, then refresh'),
      };
    case 'busy':
      return {
        title: t('error.busy.title', '{{name}} is overloaded', { name }),
        action: t('error.busy.action', 'Wait a moment, then refresh. A shorter time range reduces the load.'),
      };
    case 'limit':
      return {
        title: t('error.limit.title', 'The query exceeds a limit of {{name}}', { name }),
        action: t(
          'error.limit.action',
          'Select a shorter time range or fewer objects, or ask an administrator to raise the limit'
        ),
      };
    case 'too-large':
      return {
        title: t('error.too-large.title', 'The response of {{name}} is too large', { name }),
        action: t(
          'error.too-large.action',
          'Select a shorter time range or fewer objects, or ask an administrator to raise the limit'
        ),
      };
    case 'request-too-large':
      return {
        title: t('error.request-too-large.title', 'The query is too long for {{name}}', { name }),
        action: t('error.request-too-large.action', 'Select fewer objects, or remove keywords or filters'),
      };
    case 'canceled':
      return {
        title: t('error.canceled.title', 'The query to {{name}} was canceled', { name }),
        action: t('error.canceled.action', 'Refresh to run it again'),
      };
    case 'rejected':
      return {
        title: t('error.rejected.title', "{{name}} couldn't run the query", { name }),
        action: t('error.rejected.action', 'Change your selection, then refresh. The server response is below.'),
      };
    case 'unknown':
      return {
        title: t('error.unknown.title', "{{name}} couldn't answer", { name }),
        action: t(
          'error.unknown.action',
          'Refresh to try again. If it keeps failing, the server response helps an administrator.'
        ),
      };
  }
}

/** Returns title, advice, and details. `name` is that of the data source. */
export const describeQueryError = (error: QueryErrorLike, name: string): ErrorDescription => ({
  ...describeKind(classifyQueryError(error), name),
  detail: shorten(parseServerMessage(error).text),
});
