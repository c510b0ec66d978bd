import { describeQueryError } from './describeQueryError';

describe('describeQueryError', () => {
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

  it('shows an unknown text under a neutral title', () =>
    expect(describeQueryError({ status: 500, message: 'flux capacitor misaligned' }, 'Loki')).toMatchObject({
      title: "Loki couldn't answer",
      detail: 'flux capacitor misaligned',
    }));

  it('shortens a long text', () =>
    expect(describeQueryError({ message: 'word '.repeat(1000) }, 'Loki').detail.length).toBeLessThan(500));

  it('keeps the reason behind a long query', () =>
    expect(
      describeQueryError({ message: `error when executing query="${'up or '.repeat(500)}up": the reason` }, 'Loki')
        .detail
    ).toMatch(/^error when executing query="up or .*…": the reason$/));

  it('shows the title of an HTML page', () =>
    expect(
      describeQueryError(
        {
          status: 200,
          data: '<!DOCTYPE html><html><head><title>Sign in &amp; go</title><script>x</script></head></html>',
        },
        'Loki'
      ).detail
    ).toBe('Sign in & go'));

  it('shows the text of a JSON response that Grafana passes on as text', () =>
    expect(
      describeQueryError({ message: '{"status":"error","errorType":"timeout","error":"query timed out"}' }, 'Loki')
    ).toEqual({
      title: 'Loki timed out',
      action: 'Select a shorter time range or fewer objects, then refresh',
      detail: 'query timed out',
    }));
});
