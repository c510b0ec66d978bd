import { mockGrafana } from '../../../test/mockGrafana';
import { DEFAULT_SELECTION } from '../selection';
import { buildLinesExpression } from '../queries';
import { addPatternKeyword } from './addPatternKeyword';

const selected = { ...DEFAULT_SELECTION, namespace: 'robots', include: ['50.0 %'], view: 'patterns' } as const;
const buildExpressionWith = (...args: Parameters<typeof addPatternKeyword>) => {
  const [selection] = args;
  return buildLinesExpression({ ...selection, ...addPatternKeyword(...args) });
};
beforeEach(() => mockGrafana());

it('finds the lines of a pattern among those that the keywords already found', () =>
  expect(buildExpressionWith({ ...selected, include: [...selected.include] }, 'Loss: <_>', 'include')).toContain(
    '|~ "(?i)50\\\\.0 %" |~ "(?i)(?s-i:^Loss: .+\\u0024)"'
  ));

it('excludes the lines of a pattern', () =>
  expect(buildExpressionWith({ ...selected, include: [] }, 'Loss: <_>', 'exclude')).toContain(
    '!~ "(?i)(?s-i:^Loss: .+\\u0024)"'
  ));

it('keeps keywords that are regular expressions, and adds a pattern only once', () => {
  const selection = { ...selected, include: ['a.b'], keywordOptions: ['case' as const, 'regex' as const] };
  const once = { ...selection, ...addPatternKeyword(selection, 'Loss: <_>', 'include') };
  expect(once).toMatchObject({
    include: ['a.b', '(?s-i:^Loss: .+$)'],
    keywordOptions: ['case', 'regex'],
    view: 'lines',
  });
  expect(addPatternKeyword(once, 'Loss: <_>', 'include')).toMatchObject({ include: once.include });
});
