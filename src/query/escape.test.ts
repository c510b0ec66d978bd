import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { logLines, logVolume } from './logs/logql';
import { aggregate, buildSelector } from './promql';
import { newestCondition, workerPhase } from './resources';
import { contains, equals, escapeRegex, oneOf, QueryError, quote } from './escape';

type Parser = typeof promqlParser;

/** Names of all nodes that a parser sees; its error node is named "⚠". */
function nodes(parser: Parser, query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({ enter: ({ name }) => void names.push(name) });
  return names;
}

const count = (names: string[], name: string) => names.filter((each) => each === name).length;

/** What people and attackers put into names: anything, spiced with what closes strings and selectors. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '`',
        '{',
        '}',
        '\n',
        '\r',
        '\0',
        ',',
        '=~',
        '|',
        '.*',
        '(',
        ')[5m]',
        '#',
        '$',
        "'",
        '\ufeff',
        '\ud800',
        'é',
        '😀',
        ' or ',
        'up',
        '__proto__',
        'group_left',
        '${x}',
        '[[x]]'
      ),
      { maxLength: 12 }
    )
    .map((parts) => parts.join(''))
);

describe('PromQL', () => {
  it('keeps one selector with two matchers whatever the names are', () => {
    fc.assert(
      fc.property(hostile, hostile, (namespace, name) => {
        const seen = nodes(
          promqlParser,
          buildSelector('kube_x', [equals('namespace', namespace), contains('name', name)])
        );
        expect(seen).not.toContain('⚠');
        expect(count(seen, 'VectorSelector')).toBe(1);
        expect(count(seen, 'UnquotedLabelMatcher')).toBe(2);
      })
    );
  });

  it('keeps its shape in the queries of pages', () => {
    fc.assert(
      fc.property(hostile, hostile, (namespace, name) => {
        const ref = { kind: 'LifelongLearningJob', namespace, name } as const;
        for (const query of [workerPhase(ref), newestCondition('Dataset', { namespace, text: name })]) {
          expect(nodes(promqlParser, query)).not.toContain('⚠');
        }
        expect(count(nodes(promqlParser, workerPhase(ref)), 'VectorSelector')).toBe(2);
      })
    );
  });

  it('matches a metric of a foreign name as text', () => {
    expect(buildSelector('sedna_custom_Recall')).toBe('sedna_custom_Recall');
    expect(buildSelector('a b"} or up')).toBe('{__name__="a b\\"} or up"}');
    for (const name of ['up', 'nan', 'Inf', 'on', 'bool', 'Group_Left', '__proto__', 'constructor', '_', ':']) {
      expect(buildSelector(name)).toBe(`{__name__="${name}"}`);
    }
    fc.assert(
      fc.property(hostile, (metric) => {
        fc.pre(metric !== '');
        const seen = nodes(promqlParser, buildSelector(metric));
        expect(seen).not.toContain('⚠');
        expect(count(seen, 'VectorSelector')).toBe(1);
      })
    );
  });

  it('refuses what cannot be a name', () => {
    expect(() => buildSelector('')).toThrow(QueryError);
    expect(() => buildSelector('up', [equals('a-b', 'x')])).toThrow('"a-b" is not a label name');
    expect(() => aggregate('sum', ['x) or up'], 'up')).toThrow(QueryError);
  });
});

describe('LogQL', () => {
  it('keeps one stream selector and one line filter a keyword', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), fc.boolean(), (pod, text, exclude, matchCase) => {
        fc.pre(pod !== '' && text !== '');
        const seen = nodes(
          logqlParser,
          logLines({ matchers: [equals('pod', pod)], keywords: [{ text, exclude, matchCase }] })
        );
        expect(seen).not.toContain('⚠');
        // The selector's, and the one that keeps the keyword behind the removal of colours.
        expect(count(seen, 'Matcher')).toBe(/[\s\]]/.test(text) ? 2 : 1);
        expect(count(seen, 'LineFilter')).toBe(1);
      })
    );
  });

  it.each([
    ['RetryError', false],
    ['12', false],
    ['[INFO] - MTL', true],
    ['record not found', true],
  ])('searches %j behind the removal of colours: %s', (text, behind) => {
    const query = logLines({ matchers: [equals('pod', 'a')], keywords: [{ text }] });
    expect(query.startsWith('{pod="a"} | decolorize | __error__="" |~')).toBe(behind);
  });

  it('counts by level', () => {
    const seen = nodes(logqlParser, logVolume({ matchers: [equals('pod', 'a')], levels: ['error'] }, '5m'));
    expect(seen).not.toContain('⚠');
    expect(count(seen, 'RangeAggregationExpr')).toBe(1);
  });

  it('asks for a matcher that Loki would ask for', () => {
    expect(() => logLines({ matchers: [] })).toThrow('Choose a namespace or a pod');
    expect(() => logLines({ matchers: [equals('pod', '')] })).toThrow(QueryError);
    expect(() => logLines({ matchers: [contains('pod', '')] })).toThrow(QueryError);
    expect(() => logLines({ matchers: [oneOf('pod', ['a', 'b'])] })).not.toThrow();
  });
});

describe('text', () => {
  it('quotes so that a Go string literal reads back the same', () => {
    expect(quote('a"b\\c\nd\te')).toBe('"a\\"b\\\\c\\nd\\te"');
    expect(quote('\u0000\ufeff')).toBe('"\\u0000\\ufeff"');
    expect(quote('${x} [[y]] $z')).toBe('"\\u0024{x} \\u005b[y]] \\u0024z"');
    expect(quote('half \ud83d')).toBe('"half \\ufffd"');
    expect(quote('whole 😀')).toBe('"whole 😀"');
  });

  it('escapes so that a pattern matches just the text', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const pattern = new RegExp(`^(?:${escapeRegex(text)})$`);
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(other)).toBe(other === text);
      })
    );
  });
});
