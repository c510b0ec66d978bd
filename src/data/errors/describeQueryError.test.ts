import { describeQueryError, classifyQueryError } from './describeQueryError';

describe('describeQueryError', () => {
  it.each([
    ['refused', { status: 403, data: { message: 'You do not have permissions' } }],
    ['refused', { message: 'Access denied to data source' }],
    ['unreachable', { status: 502, data: { message: 'Bad Gateway' } }],
    ['unreachable', { message: 'Get "http://127.0.0.1:9090": dial tcp 127.0.0.1:9090: connect: connection refused' }],
    ['unreachable', { status: 500, data: { message: 'An error occurred within the plugin' } }],
    ['timeout', { message: 'context deadline exceeded' }],
    ['timeout', { status: 504, message: 'Gateway Timeout' }],
    ['busy', { status: 429, message: 'too many outstanding requests' }],
    [
      'limit',
      { status: 400, message: 'the query would read too many bytes (query: 12GB, limit: 1GB); consider adding' },
    ],
    ['limit', { status: 400, message: 'the query time range exceeds the limit (query length: 31d, limit: 30d)' }],
    [
      'limit',
      { status: 400, message: 'max entries limit per query exceeded, limit > max_entries_limit_per_query (9 > 5)' },
    ],
    ['limit', { status: 400, message: 'maximum number of series (500) reached for a single query; consider reducing' }],
    ['limit', { status: 422, message: 'query processing would load too many samples into memory in query execution' }],
    ['limit', { status: 400, message: 'exceeded maximum resolution of 11,000 points per timeseries.' }],
    ['rejected', { status: 400, message: 'bad_data: parse error' }],
  ])('classifies %s from %j', (kind, error) => expect(classifyQueryError(error)).toBe(kind));

  it('names the data source, advises, and keeps the message of the data source', () =>
    expect(describeQueryError({ status: 502, data: { message: 'Bad Gateway' } }, 'Prom & co')).toMatchObject({
      title: "Can't reach Prom & co",
      detail: 'Bad Gateway',
      action: expect.stringContaining('retries automatically'),
    }));

  it('removes the query from a URL', () =>
    expect(
      describeQueryError(
        { message: 'Get "http://loki:3100/loki/api/v1/query_range?query=%7B%7D&limit=5": dial tcp: i/o' },
        'Loki'
      ).detail
    ).toBe('Get "http://loki:3100/loki/api/v1/query_range?…": dial tcp: i/o'));
});
