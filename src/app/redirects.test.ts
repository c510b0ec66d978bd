import { KINDS } from '../sedna/kinds';
import { findRedirect } from './redirects';

const APP = '/a/kubeedge-sedna-app';

describe('findRedirect', () => {
  it.each([APP, `${APP}/`])('leads %s to the overview', (path) =>
    expect(findRedirect(path, '?from=now-7d&kiosk')).toBe(`${APP}/overview?from=now-7d&kiosk`)
  );

  it.each(
    KINDS.flatMap(({ kind, plural, shortName = plural }) =>
      [plural, shortName, kind.toUpperCase()].map((name) => [name, kind])
    )
  )('leads %s to %s, with name, tab, and query', (name, kind) =>
    expect(findRedirect(`${APP}/resources/${name}/a%2Fb/c%3Fd/logs`, '?from=now-1h&stage=train')).toBe(
      `${APP}/resources/${kind}/a%2Fb/c%3Fd/logs?from=now-1h&stage=train`
    )
  );

  it('leads a kind without an object to the list of the kind', () => {
    expect(findRedirect(`${APP}/resources/ll`, '?q=x')).toBe(`${APP}/resources?q=x&kind=LifelongLearningJob`);
    expect(findRedirect(`${APP}/resources/Dataset/a%26b`, '')).toBe(`${APP}/resources?kind=Dataset&namespace=a%26b`);
  });

  it.each([
    'overview',
    'resources',
    'resources/Dataset/a/b',
    'resources/Job/a/b',
    'resources/pod/a/b',
    'nothing',
    'll/a/b',
    'resources/%zz/a/b',
  ])('leaves %s as it is', (path) => expect(findRedirect(`${APP}/${path}`, '?x=y')).toBeUndefined());
});
