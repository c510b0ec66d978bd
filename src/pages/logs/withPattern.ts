import { escapeRegex } from '../../query/escape';
import { buildPatternRegex } from '../../query/logs/logPatterns';
import type { Selection } from './selection';

/**
 * The lines of a pattern, or all others, within what is chosen already. A pattern is a regular expression among the
 * keywords, so the others become such as find the same as before.
 */
export function withPattern(
  { include, exclude, switches }: Selection,
  pattern: string,
  part: 'include' | 'exclude'
): Partial<Selection> {
  const arePatterns = switches.includes('regex');
  const asPatterns = (keywords: string[]) => (arePatterns ? keywords : keywords.map(escapeRegex));
  const lists = { include: asPatterns(include), exclude: asPatterns(exclude) };
  return {
    ...lists,
    [part]: [...new Set([...lists[part], buildPatternRegex(pattern)])],
    switches: arePatterns ? switches : [...switches, 'regex'],
    view: 'lines',
  };
}
