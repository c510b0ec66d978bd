/** Classifies failed queries by the advice that users need. */
import { parseServerMessage, type QueryErrorLike, type ServerMessage } from './serverMessage';

export type { QueryErrorLike };

export type QueryErrorKind =
  /** The user, or the data source's account, lacks permission. */
  | 'refused'
  /** Grafana's own session has ended. */
  | 'session'
  /** The server requires authentication or a tenant that the data source doesn't send. */
  | 'credentials'
  /** Nothing answers, or only a gateway in front of the server. */
  | 'unreachable'
  /** The server answers, but a part of it is down or starts. */
  | 'unavailable'
  | 'tls'
  /** Something else answers: a login page, or a server without the API. */
  | 'wrong-address'
  /** Grafana doesn't have the data source or its plugin. */
  | 'missing'
  | 'timeout'
  | 'busy'
  /** The query exceeds a limit of the server. */
  | 'limit'
  /** The response is larger than the server or Grafana passes on. */
  | 'too-large'
  /** The request is longer than the server or a gateway accepts. */
  | 'request-too-large'
  | 'canceled'
  /** The server can't parse or evaluate the query. */
  | 'rejected'
  | 'unknown';

/** Kinds that often pass without a change by the user. */
const TRANSIENT: readonly QueryErrorKind[] = ['unreachable', 'unavailable'];

export const isTransient = (kind: QueryErrorKind): boolean => TRANSIENT.includes(kind);

/**
 * Empties what may be a part of a query or of data: quoted texts, also one that the end of the message cuts off, selectors,
 * and the query string of URLs. Otherwise a search for "forbidden" would look like a missing permission.
 */
const removeQueries = (text: string): string =>
  text
    .replace(/"(?:\\.|[^"\\])*("|$)/g, '""')
    .replace(/`[^`]*(`|$)/g, '``')
    .replace(/(?<!\w)'[^'\n]{2,}'(?!\w)/g, "''")
    .replace(/\?[^\s"]*/g, '?')
    .replace(/\{[^{}]*\}?/g, '{}')
    .toLowerCase();

type Rule = [QueryErrorKind, RegExp];

const findKind = (rules: readonly Rule[], text: string): QueryErrorKind | undefined =>
  rules.find(([, pattern]) => pattern.test(text))?.[0];

const TLS: Rule = [
  'tls',
  /x509:|tls: |certificate (is|has|signed|required|verify)|http response to https client|plain http request was sent to https|http request to an https server|malformed http response|ssl (certificate|handshake|error)/,
];

/** Errors of Go's HTTP client, which is Grafana's, and of browsers, behind the method and the URL. */
const TRANSPORT: readonly Rule[] = [
  TLS,
  ['canceled', /context canceled/],
  ['too-large', /body too large/],
  ['wrong-address', /unsupported protocol scheme|stopped after \d+ redirects|no host in request url|invalid url/],
  [
    'unreachable',
    /dial |tls handshake timeout|lookup |proxyconnect|connect(ion)? |eof$|broken pipe|server closed|transport: /,
  ],
  ['timeout', /deadline exceeded|timeout|timed out/],
];

const FROM_CLIENT = /^(?:[\w ,()-]*: )*(?:get|post|head|put) ""?: (.*)$/s;

const REQUEST_TOO_LARGE: Rule = [
  'request-too-large',
  /request (entity|body|header|uri|url)[\w ]* too (large|long|big)|request-uri too|uri too long|header fields too large|too long query|query is too long|header or cookie too large/,
];
const TOO_LARGE: Rule = [
  'too-large',
  /larger than (the )?max|(response|body|message|payload|result|entity)( size| body| message)? (is )?(too (large|big)|larger|exceed)|response limit|size of (the )?response/,
];
const LIMIT: Rule = [
  'limit',
  /exceed\w* (the |a |an |its |configured |server )*[\w-]*[ -]?(limit|max)|limits? (was |is |has been |of \d+ )?(exceeded|reached|hit|violated)|(hit|exceed\w*|violat\w*|reach\w*|over) (the |its )?([\w-]+ ){0,4}limit|would (load|read|fetch|return|process) too (many|much)|too (many|much) (samples|series|chunks|points|bytes|data|label|matching|unique|time ?series|entries|streams)|too large to execute|maximum (number|resolution|of series|allowed)|exceeded maximum|larger than max|-search\.max(?!concurrent|query(duration|len))|cannot (process|select) more than|exceeds \d|blocked by (policy|limit)|query (is )?blocked|max_(?!over_time)\w+|err-\w+-max/,
];
const BUSY: Rule = [
  'busy',
  /too many (outstanding|concurrent|open|in-?flight|pending)?\s*(requests|queries|connections)|concurren|rate limit|throttl|overload|queue (is )?full|resource.?exhausted/,
];
const MISSING: Rule = ['missing', /data ?source (was )?not found|plugin not (found|registered)/];

/** Of errors whose status says little. The order matters: texts of limits name time-outs, and those of time-outs requests. */
const TEXTS: readonly Rule[] = [
  TLS,
  [
    'unavailable',
    /unhealthy instances|empty ring|live replicas|healthy replica|not (yet )?ready|\b(is|still|server|in state) starting\b|^starting\b|no (healthy )?store|shutting down/,
  ],
  [
    'rejected',
    /parse error|parsing regexp|syntax error|cannot parse|could not parse|invalid (parameter|expression|aggregation|regex|query)|many-to-many|many-to-one|multiple matches for labels|duplicate series|duplicate labelset|pipeline error|at least one (regexp|matcher|non-empty)|no matchers|unknown (function|metric function)/,
  ],
  TOO_LARGE,
  REQUEST_TOO_LARGE,
  ['busy', /too many (outstanding|concurrent|in-?flight|pending) /],
  LIMIT,
  BUSY,
  ['timeout', /timed? ?-?out|deadline exceeded/],
  ['canceled', /context canceled|(query|request) (was )?cancell?ed/],
  ['credentials', /no org id|unauthorized|unauthenticated|authentication (required|failed)|authorization required/],
  ['refused', /permissions? (to|needed|denied)|access denied|forbidden|not (authorized|permitted|allowed to)/],
  MISSING,
  ['wrong-address', /page not found|unsupported path|no route|missing route|not found$|cannot get \//],
  [
    'unreachable',
    /connection (refused|reset|closed|timed out)|no such host|bad gateway|\beof\b|failed to fetch|networkerror|load failed|dial tcp|service (temporarily )?unavailable|no healthy upstream|upstream connect error|error occurred within the plugin/,
  ],
];

/** `errorType` of Prometheus and of servers with its API, and names of gRPC codes. Others, such as `execution`, say little. */
const TYPES = new Map<string, QueryErrorKind>([
  ['timeout', 'timeout'],
  ['deadlineexceeded', 'timeout'],
  ['deadline_exceeded', 'timeout'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
  ['unavailable', 'unavailable'],
  ['too_many_requests', 'busy'],
  ['cost_limit', 'limit'],
  ['permissiondenied', 'refused'],
  ['permission_denied', 'refused'],
  ['unauthenticated', 'credentials'],
  ['unimplemented', 'wrong-address'],
  ['invalidargument', 'rejected'],
]);

/** Numbers of gRPC codes; Thanos sends them as `Code(8)`. */
const GRPC_CODES: Record<number, string> = {
  1: 'canceled',
  3: 'invalidargument',
  4: 'deadlineexceeded',
  7: 'permissiondenied',
  8: 'resourceexhausted',
  12: 'unimplemented',
  14: 'unavailable',
  16: 'unauthenticated',
};

/** Returns the kind of an HTTP status that decides; undefined for 200, 400, 422, 500, and others that need the text. */
function classifyStatus(status: number, text: string): QueryErrorKind | undefined {
  switch (status) {
    case 401:
    case 407:
      return 'credentials';
    case 403:
      return 'refused';
    case 404:
    case 405:
    case 501:
      return findKind([MISSING], text) ?? 'wrong-address';
    case 408:
    case 504:
    case 524:
      return 'timeout';
    case 413:
      return findKind([REQUEST_TOO_LARGE, TOO_LARGE, LIMIT], text) ?? 'request-too-large';
    case 414:
    case 431:
      return 'request-too-large';
    case 429:
      return 'busy';
    case 495:
    case 496:
    case 525:
    case 526:
      return 'tls';
    case 499:
      return 'canceled';
    case 503:
      // VictoriaMetrics and some gateways report a full queue as 503.
      return findKind([BUSY], text) ?? 'unreachable';
    case 502:
    case 520:
    case 521:
    case 522:
    case 523:
    case 530:
      return 'unreachable';
    default:
      return undefined;
  }
}

/** Returns the kind of the code that another server sent, such as a part of Loki behind its frontend. */
function classifyWrapped(text: string): QueryErrorKind | undefined {
  const code = [...text.matchAll(/code = (?:code\((\d+)\)|(\w+))/g)].pop();
  if (code) {
    const type = code[2] ?? GRPC_CODES[Number(code[1])];
    return type === undefined ? classifyStatus(Number(code[1]), text) : TYPES.get(type);
  }
  const status = /^(\d{3})\b|\bstatus(?: code)?[:=]? ?(\d{3})\b|\bhttp(?:\/\d\S*)? (\d{3})\b/.exec(text);
  return status ? classifyStatus(Number(status[1] ?? status[2] ?? status[3]), text) : undefined;
}

function classifyGrafanaId({ grafanaId = '', isDeniedByGrafana }: ServerMessage): QueryErrorKind | undefined {
  if (isDeniedByGrafana) {
    return 'refused';
  }
  if (/^(session|auth)\./.test(grafanaId)) {
    return 'session';
  }
  return /not(Registered|Found)$/.test(grafanaId) ? 'missing' : undefined;
}

/** What JSON parsers report about the first character of a page, or of a plain text. */
const NO_JSON = /but found <|invalid character '.' looking for beginning of value|unexpected token/;

/** The type that Grafana's Prometheus plugin puts before the text. */
const TYPE_PREFIX = /^([a-z_]+|[45]\d\d): /;

/**
 * Classifies an error by the code and the type that the server sent, and by its text only where these say little. Ignores
 * what may be a part of the query.
 */
export function classifyQueryError(error: QueryErrorLike): QueryErrorKind {
  const { status = 0 } = error;
  const message = parseServerMessage(error);
  const text = removeQueries(message.text);
  // Gateways send pages with their errors, login pages come as a success.
  const isLoginPage = message.isPage && status < 400;
  const fromClient = FROM_CLIENT.exec(text)?.[1];
  const type = message.type ?? TYPE_PREFIX.exec(text)?.[1] ?? '';
  return (
    classifyGrafanaId(message) ??
    (fromClient === undefined ? undefined : findKind(TRANSPORT, fromClient)) ??
    TYPES.get(type) ??
    classifyStatus(status, text) ??
    classifyStatus(Number(type), text) ??
    classifyWrapped(text) ??
    (isLoginPage || NO_JSON.test(text) ? 'wrong-address' : undefined) ??
    findKind(TEXTS, text) ??
    ((status === 400 && !message.isPage) || type === 'bad_data' || type === 'execution' ? 'rejected' : 'unknown')
  );
}
