import { explainError, troubleOf } from './explainError';

it.each([
  ['refused', { status: 403, data: { message: 'You do not have permissions' } }],
  ['refused', { message: 'Access denied to data source' }],
  ['unreachable', { status: 502, data: { message: 'Bad Gateway' } }],
  ['unreachable', { message: 'Get "http://127.0.0.1:9090": dial tcp 127.0.0.1:9090: connect: connection refused' }],
  ['timeout', { message: 'context deadline exceeded' }],
  ['timeout', { status: 504, message: 'Gateway Timeout' }],
  ['rejected', { status: 400, message: 'bad_data: parse error' }],
])('tells %s from the others', (trouble, error) => expect(troubleOf(error)).toBe(trouble));

it('names the data source, says what to do and keeps its own words', () =>
  expect(explainError({ status: 502, data: { message: 'Bad Gateway' } }, 'Prom & co')).toMatchObject({
    title: 'Prom & co does not answer',
    detail: 'Bad Gateway',
    action: expect.stringContaining('tries again by itself'),
  }));
