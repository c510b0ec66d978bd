import { classifyQueryError, type QueryErrorKind, type QueryErrorLike } from './classifyQueryError';

type Sample = [QueryErrorKind, QueryErrorLike];

/** The shapes in which errors reach the app; the texts are those of the servers' code. */
const fromQuery = (status: number | undefined, message: string): QueryErrorLike => ({ status, message });
const fromResource = (status: number, message: string): QueryErrorLike => ({
  status,
  statusText: '',
  data: { message, traceID: '' },
});
const asJson = (status: number, errorType: string, error: string): QueryErrorLike => ({
  status,
  data: { message: error, status: 'error', errorType, error },
});
const page = (status: number, title: string): QueryErrorLike => {
  const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body></html>`;
  return { status, data: { message: html, error: '', response: html } };
};

const PROMETHEUS: Sample[] = [
  ['rejected', fromQuery(400, 'bad_data: invalid parameter "query": 1:5: parse error: unexpected <op:/>')],
  [
    'limit',
    fromQuery(
      400,
      'bad_data: exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'
    ),
  ],
  ['limit', fromQuery(422, 'execution: query processing would load too many samples into memory in query execution')],
  ['limit', fromQuery(422, 'execution: query would load too many series into memory in query execution')],
  ['timeout', fromQuery(503, 'timeout: query timed out in expression evaluation')],
  ['timeout', asJson(503, 'timeout', 'query timed out in query queue')],
  ['timeout', asJson(503, 'timeout', 'cost estimation exceeded the query duration limit: context deadline exceeded')],
  ['canceled', asJson(499, 'canceled', 'query was canceled in expression evaluation')],
  ['canceled', fromQuery(503, 'canceled: context canceled')],
  [
    'rejected',
    fromQuery(
      422,
      'execution: found duplicate series for the match group {instance="a"} on the right hand-side of the operation: [{__name__="up"}, {__name__="up"}];many-to-many matching not allowed: matching labels must be unique on one side'
    ),
  ],
  ['rejected', fromQuery(422, 'execution: vector cannot contain metrics with the same labelset')],
  ['unavailable', asJson(503, 'unavailable', 'Service Unavailable')],
  ['unreachable', fromQuery(503, 'Service Unavailable')],
];

const LOKI: Sample[] = [
  ['rejected', fromQuery(400, 'parse error at line 1, col 14: syntax error: unexpected IDENTIFIER, expecting STRING')],
  [
    'rejected',
    fromQuery(
      400,
      'parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value'
    ),
  ],
  [
    'rejected',
    fromQuery(
      400,
      "pipeline error: 'JSONParserErr' for series: '{app=\"a\"}'.\nUse a label filter to intentionally skip this error."
    ),
  ],
  ['limit', fromQuery(400, 'max entries limit per query exceeded, limit > max_entries_limit_per_query (9000 > 5000)')],
  ['limit', fromQuery(400, 'the query time range exceeds the limit (query length: 744h0m0s, limit: 720h0m0s)')],
  [
    'limit',
    fromQuery(
      500,
      'the query would read too many bytes (query: 12GB, limit: 1GB); consider adding more specific stream selectors or reduce the time range of the query'
    ),
  ],
  [
    'limit',
    fromQuery(
      400,
      'query too large to execute on a single querier: (query: 2GB, limit: 1GB); consider adding more specific stream selectors, reduce the time range of the query, or adjust parallelization settings'
    ),
  ],
  ['limit', fromQuery(400, 'maximum of series (500) reached for a single query')],
  [
    'limit',
    fromQuery(
      400,
      'maximum number of series (500) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()'
    ),
  ],
  ['limit', fromQuery(400, '[interval] value exceeds limit')],
  ['limit', fromQuery(400, 'query blocked by policy')],
  ['limit', fromQuery(400, 'this data is no longer available, it is past now - max_query_lookback (720h0m0s)')],
  [
    'timeout',
    fromQuery(
      504,
      'request timed out, decrease the duration of the request or add more label matchers (prefer exact match over regex match) to reduce the amount of data processed'
    ),
  ],
  ['timeout', fromQuery(500, 'context deadline exceeded')],
  ['canceled', fromQuery(499, 'the request was cancelled by the client')],
  ['busy', fromResource(429, 'too many outstanding requests')],
  ['busy', fromQuery(500, 'too many outstanding requests')],
  [
    'too-large',
    fromQuery(
      500,
      'rpc error: code = ResourceExhausted desc = grpc: received message larger than max (104857613 vs. 104857600)'
    ),
  ],
  ['too-large', fromQuery(413, 'response larger than the max message size (41943041 vs 4194304)')],
  ['unavailable', fromQuery(500, 'too many unhealthy instances in the ring')],
  ['unavailable', fromQuery(500, 'empty ring')],
  ['unavailable', fromQuery(500, 'at least 2 live replicas required, could only find 1')],
  ['credentials', fromQuery(401, 'no org id')],
  ['wrong-address', fromResource(404, '404 page not found')],
];

const OTHER_SERVERS: Sample[] = [
  [
    'limit',
    asJson(
      422,
      'execution',
      'expanding series: the query exceeded the maximum number of series (limit: 3 series) (err-mimir-max-series-per-query). To adjust the related per-tenant limit, configure -querier.max-fetched-series-per-query, or contact your service administrator.'
    ),
  ],
  [
    'limit',
    fromQuery(
      422,
      'execution: the query time range exceeds the limit (query length: 1000h0m0s, limit: 768h0m0s) (err-mimir-max-total-query-length)'
    ),
  ],
  [
    'busy',
    asJson(
      429,
      'too_many_requests',
      'the request has been rejected because the tenant exceeded the request rate limit, set to 10 requests/s across all distributors with a maximum allowed burst of 5 (err-mimir-tenant-max-request-rate)'
    ),
  ],
  [
    'limit',
    fromQuery(
      422,
      'execution: the query hit the max number of chunks limit while fetching chunks from store-gateways for {app="forbidden"} (limit: 2)'
    ),
  ],
  ['limit', fromQuery(500, 'rpc error: code = Code(8) desc = exceeded series limit: limit 1 violated (got 2)')],
  [
    'limit',
    fromQuery(
      500,
      'expanding series: rpc error: code = ResourceExhausted desc = exceeded bytes limit while fetching chunks: limit 10 violated (got 12)'
    ),
  ],
  [
    'unavailable',
    fromQuery(
      500,
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.1:9095: connect: connection refused"'
    ),
  ],
  [
    'rejected',
    fromQuery(500, 'rpc error: code = InvalidArgument desc = no matchers specified (excluding external labels)'),
  ],
  ['timeout', fromQuery(500, 'expanding series: rpc error: code = DeadlineExceeded desc = context deadline exceeded')],
  [
    'limit',
    asJson(
      422,
      '422',
      'error when executing query="count(up)" on the time range (start=1, end=2, step=3): cannot execute query: the number of matching timeseries exceeds 1000; either narrow down the search or increase -search.max* command-line flag values at vmselect'
    ),
  ],
  [
    'limit',
    asJson(
      422,
      '422',
      'cannot select more than -search.maxSamplesPerQuery=1000 samples; possible solutions: increase the -search.maxSamplesPerQuery'
    ),
  ],
  [
    'timeout',
    asJson(
      422,
      '422',
      'error when executing query="sum(rate(x{a=\\"b\\"}[5m]))": timeout exceeded during query execution: 30.000 seconds; the timeout can be adjusted with `-search.maxQueryDuration` command-line flag'
    ),
  ],
  [
    'busy',
    asJson(
      503,
      '503',
      "couldn't start executing the request in 10.000 seconds, since -search.maxConcurrentRequests=8 concurrent requests are executed. Possible solutions: to reduce the load on the server"
    ),
  ],
  [
    'request-too-large',
    asJson(422, '422', "too long query; got 20000 bytes; mustn't exceed `-search.maxQueryLen=16384` bytes"),
  ],
  ['rejected', asJson(422, '422', 'error when executing query="up{": cannot parse "up{": cannot find closing brace')],
  ['unreachable', fromQuery(502, 'all the 2 backends for the user "" are unavailable')],
  [
    'refused',
    {
      status: 500,
      data: {
        error: { code: 403, message: 'Permission monitoring.timeSeries.list denied', status: 'PERMISSION_DENIED' },
      },
    },
  ],
];

const GATEWAYS: Sample[] = [
  ['unreachable', page(502, '502 Bad Gateway')],
  ['unreachable', page(503, '503 Service Temporarily Unavailable')],
  ['timeout', page(504, '504 Gateway Time-out')],
  ['credentials', page(401, '401 Authorization Required')],
  ['refused', page(403, '403 Forbidden')],
  ['request-too-large', page(413, '413 Request Entity Too Large')],
  ['request-too-large', page(414, '414 Request-URI Too Large')],
  ['busy', page(429, '429 Too Many Requests')],
  ['tls', page(400, '400 The plain HTTP request was sent to HTTPS port')],
  [
    'unreachable',
    fromQuery(500, page(502, '502 Bad Gateway').data ? '<html><head><title>502 Bad Gateway</title></head></html>' : ''),
  ],
  ['wrong-address', page(200, 'Sign in to your account')],
  [
    'wrong-address',
    fromQuery(
      undefined,
      'ReadObject: expect { or , or } or n, but found <, error found in #1 byte of ...|<!doctype |..., bigger context ...|<!doctype html><html lang="en">|...'
    ),
  ],
  ['wrong-address', fromQuery(500, "invalid character '<' looking for beginning of value")],
  ['unreachable', fromQuery(503, 'no healthy upstream')],
  ['timeout', fromQuery(504, 'upstream request timeout')],
  ['refused', fromQuery(403, 'RBAC: access denied')],
  ['timeout', page(524, 'example.org | 524: A timeout occurred')],
];

const get = (rest: string) =>
  `Get "http://prometheus:9090/api/v1/query_range?query=forbidden+timeout&step=15": ${rest}`;

const GRAFANA: Sample[] = [
  ['unreachable', fromQuery(500, get('dial tcp 127.0.0.1:9090: connect: connection refused'))],
  ['unreachable', fromQuery(502, get('dial tcp: lookup prometheus on 10.96.0.10:53: no such host'))],
  ['unreachable', fromQuery(500, get('dial tcp 10.0.0.1:9090: i/o timeout'))],
  ['unreachable', fromQuery(500, get('EOF'))],
  ['unreachable', fromQuery(500, get('read tcp 10.0.0.2:3000->10.0.0.1:9090: read: connection reset by peer'))],
  ['timeout', fromQuery(500, get('context deadline exceeded (Client.Timeout exceeded while awaiting headers)'))],
  ['canceled', fromQuery(400, get('context canceled'))],
  ['tls', fromQuery(502, get('tls: failed to verify certificate: x509: certificate signed by unknown authority'))],
  ['tls', fromQuery(500, get('http: server gave HTTP response to HTTPS client'))],
  ['wrong-address', fromQuery(500, get('unsupported protocol scheme ""'))],
  ['wrong-address', fromQuery(500, get('stopped after 10 redirects'))],
  ['too-large', fromQuery(500, 'error: http: response body too large, response limit is set to: 1000')],
  [
    'unreachable',
    {
      status: 500,
      data: { message: 'An error occurred within the plugin', messageId: 'plugin.downstreamError', statusCode: 500 },
    },
  ],
  ['missing', { status: 404, data: { message: 'Plugin not found', messageId: 'plugin.notRegistered' } }],
  ['missing', { status: 404, data: { message: 'Data source not found' } }],
  [
    'refused',
    {
      status: 403,
      data: {
        accessErrorId: 'ACE1',
        message: "You'll need additional permissions to perform this action. Permissions needed: datasources:query",
        title: 'Access denied',
      },
    },
  ],
  ['session', { status: 401, data: { message: 'Unauthorized', messageId: 'session.token.rotate', statusCode: 401 } }],
  ['refused', { message: 'Access denied to data source' }],
  ['unreachable', { message: 'Failed to fetch' }],
  ['unknown', {}],
  ['unknown', { status: 500, message: 'the flux capacitor is out of alignment' }],
];

describe('classifyQueryError', () => {
  it.each([...PROMETHEUS, ...LOKI, ...OTHER_SERVERS, ...GATEWAYS, ...GRAFANA])('returns %s for %j', (kind, error) =>
    expect(classifyQueryError(error)).toBe(kind)
  );

  const PHRASES = [
    'forbidden',
    'timed out',
    'too many requests',
    'connection refused',
    'x509:',
    'limit exceeded',
    '<html>',
    'unexpected token',
  ];
  const QUERIES = PHRASES.flatMap((phrase) => [
    `error when executing query="{app=\\"a\\"} |= \\"${phrase}\\"": something new`,
    `error when executing query="{app=\\"a\\"} |= \\"${phrase}`,
    `something new in {app="a"} |= \`${phrase}\``,
    `something new for {app="${phrase}"}`,
    `something new at /loki/api/v1/query_range?query=${encodeURIComponent(phrase)}`,
    `something new at /loki/api/v1/query_range?query=${phrase.replace(/ /g, '+')}`,
  ]);
  it.each(QUERIES)('ignores the query in %s', (text) => {
    expect(classifyQueryError(fromQuery(500, text))).toBe('unknown');
    expect(classifyQueryError(fromQuery(504, text))).toBe('timeout');
    expect(classifyQueryError(fromResource(400, text))).toBe('rejected');
  });

  it('takes no name of a function, and no word of a query, for a reason', () => {
    const text = 'failed to execute max_over_time(x[5m]): connection refused';
    expect(classifyQueryError(fromQuery(500, text))).toBe('unreachable');
    expect(classifyQueryError(fromQuery(400, 'invalid query: offset starting 5m is wrong'))).toBe('rejected');
    expect(classifyQueryError(fromQuery(500, 'cannot evaluate: starting time must be before end'))).toBe('unknown');
  });

  it.each([
    [401, 'credentials'],
    [403, 'refused'],
    [404, 'wrong-address'],
    [429, 'busy'],
    [502, 'unreachable'],
    [504, 'timeout'],
  ])('classifies status %s before a text that says otherwise', (status, kind) => {
    for (const text of ['bad gateway', 'forbidden', 'context deadline exceeded', 'too many outstanding requests', '']) {
      expect(classifyQueryError(fromQuery(status, text))).toBe(kind);
    }
  });
});
