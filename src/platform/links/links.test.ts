import { buildLogsUrl, buildMetricsUrl, buildResourcesUrl, buildResourceUrl } from './links';

const APP = '/a/kubeedge-sedna-app';
/** Reads a URL as the browser will. */
const read = (url: string) => new URL(url, 'http://grafana.example');

describe('links', () => {
  it('builds the URL of an object', () =>
    expect(buildResourceUrl('Dataset', 'robots', 'steps')).toBe(`${APP}/resources/Dataset/robots/steps`));

  it.each(['a/b', '../..', 'a?b=c', 'a#b', '100%', 'a b', 'é"<>', '&kind=Model'])(
    'encodes the name %j as one path segment',
    (name) => {
      const { pathname, search, hash } = read(buildResourceUrl('Model', 'x', name));
      const parts = pathname.split('/');
      expect(parts).toHaveLength(7);
      expect(decodeURIComponent(parts[6])).toBe(name);
      expect(search + hash).toBe('');
    }
  );

  it.each(['a&pod=b', 'a=b', 'a#b', '100%', 'a+b', 'é"<>', '${__user}'])(
    'encodes the name %j as one query value',
    (name) => {
      const { searchParams, hash } = read(buildLogsUrl({ namespace: name, pods: [name, 'p2'], job: name }));
      expect(searchParams.get('namespace')).toBe(name);
      expect(searchParams.getAll('pod')).toEqual([name, 'p2']);
      expect(searchParams.get('job')).toBe(name);
      expect(hash).toBe('');
    }
  );

  it('omits absent parameters', () => {
    expect(buildLogsUrl({ namespace: 'a', job: undefined })).toBe(`${APP}/logs?namespace=a`);
    expect(read(buildLogsUrl()).search).toBe('');
    expect(read(buildResourcesUrl()).search).toBe('');
  });

  it('builds the URL of a filtered list', () => {
    const { pathname, searchParams } = read(buildResourcesUrl({ kind: 'Model', namespace: 'a', text: 'b&c' }));
    expect(pathname).toBe(`${APP}/resources`);
    expect(Object.fromEntries(searchParams)).toEqual({ kind: 'Model', namespace: 'a', q: 'b&c' });
  });

  it('builds the URL of a metric of one object', () => {
    const { pathname, searchParams } = read(
      buildMetricsUrl({ metric: 'sedna:tasks:total', namespace: 'a', name: 'b' })
    );
    expect(pathname).toBe(`${APP}/metrics`);
    expect(Object.fromEntries(searchParams)).toEqual({ metric: 'sedna:tasks:total', namespace: 'a', name: 'b' });
  });
});
