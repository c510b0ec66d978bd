import { buildTextFilters } from '../../query/logs/logKeywords';
import { equals, oneOf } from '../../query/escape';
import { fakeLoki, mockGrafana } from '../../test/mockGrafana';
import { buildLogsDrilldownUrl } from './logsDrilldownLink';

beforeEach(() => mockGrafana({ dataSources: [fakeLoki()] }));
const SPAN = { from: 1_675_828_800_000, to: 1_675_854_000_000 };
const read = (...args: Parameters<typeof buildLogsDrilldownUrl>) => {
  const { pathname, searchParams } = new URL(buildLogsDrilldownUrl(...args), 'http://grafana.example');
  return { pathname, all: (name: string) => searchParams.getAll(name) };
};

describe('logsDrilldownLink', () => {
  it('opens the page of the first label in the time range', () => {
    const { pathname, all } = read({
      streams: [equals('namespace', 'robots'), oneOf('pod', ['a.b', 'c'])],
      span: SPAN,
    });
    expect(pathname).toBe('/a/grafana-lokiexplore-app/explore/namespace/robots/logs');
    expect([all('var-ds'), all('from'), all('to')]).toEqual([['uid-loki'], ['1675828800000'], ['1675854000000']]);
    expect(all('var-filters')).toEqual([
      'namespace|=|__CVΩ__robots,robots',
      'pod|=~|__CVΩ__a\\.b__gfp__c,a\\.b__gfp__c',
    ]);
    expect(all('var-lineFilters')).toEqual([]);
  });

  it('keeps structured metadata and values with any characters', () => {
    const { pathname, all } = read({
      streams: [equals('namespace', 'a/b,c|d?e&f')],
      metadata: [equals('pod', 'x')],
      span: SPAN,
    });
    expect(pathname).toBe('/a/grafana-lokiexplore-app/explore/namespace/a-b%2Cc/logs');
    expect(all('var-filters')).toEqual(['namespace|=|__CVΩ__a/b__gfc__c__gfp__d?e&f,a/b__gfc__c__gfp__d?e&f']);
    expect(all('var-metadata')).toEqual(['pod|=|__CVΩ__x,x']);
  });

  it('keeps the meaning of keywords', () => {
    const filters = buildTextFilters(
      [
        { text: 'a|b' },
        { text: 'Exact', matchCase: true },
        { text: 'a.+b', isPattern: true, matchCase: true },
        { text: 'no', exclude: true },
        { text: 'No', exclude: true, matchCase: true },
      ],
      false
    );
    expect(read({ streams: [equals('namespace', 'a')], filters, span: SPAN }).all('var-lineFilters')).toEqual([
      'caseInsensitive|__gfp__~|a\\__gfp__b',
      'caseSensitive,1|__gfp__=|Exact',
      'caseSensitive,2|__gfp__~|a.+b',
      'caseInsensitive|!~|no',
      'caseSensitive,4|!=|No',
    ]);
  });

  it('opens the start page if no label is selected', () =>
    expect(buildLogsDrilldownUrl({ streams: [], span: SPAN })).toBe('/a/grafana-lokiexplore-app/explore'));
});
