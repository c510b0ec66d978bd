import { mockGrafana } from '../../test/mockGrafana';
import { NOTHING_SELECTED } from './selection';
import { linesExpression } from './queries';
import { withPattern } from './withPattern';

const chosen = { ...NOTHING_SELECTED, namespace: 'robots', include: ['50.0 %'], view: 'patterns' } as const;
const expressionWith = (...args: Parameters<typeof withPattern>) => {
  const [selection] = args;
  return linesExpression({ ...selection, ...withPattern(...args) });
};
beforeEach(() => mockGrafana());

it('finds the lines of a pattern among those that keywords find, as they did before', () =>
  expect(expressionWith({ ...chosen, include: [...chosen.include] }, 'Loss: <_>', 'include')).toContain(
    '|~ "(?i)50\\\\.0 %" |~ "(?i)(?s-i:^Loss: .+\\u0024)"'
  ));

it('leaves out the lines of a pattern', () =>
  expect(expressionWith({ ...chosen, include: [] }, 'Loss: <_>', 'exclude')).toContain(
    '!~ "(?i)(?s-i:^Loss: .+\\u0024)"'
  ));

it('leaves keywords alone that are regular expressions, and adds none twice', () => {
  const selection = { ...chosen, include: ['a.b'], switches: ['case' as const, 'regex' as const] };
  const once = { ...selection, ...withPattern(selection, 'Loss: <_>', 'include') };
  expect(once).toMatchObject({ include: ['a.b', '(?s-i:^Loss: .+$)'], switches: ['case', 'regex'], view: 'lines' });
  expect(withPattern(once, 'Loss: <_>', 'include')).toMatchObject({ include: once.include });
});
