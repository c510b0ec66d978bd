import { escapeRegex } from '../../../query/escape';
import { buildPatternRegex } from '../../../query/logs/logPatterns';
import type { Selection } from '../selection';

/**
 * Narrows a selection to the lines of a pattern (`include`), or to all others (`exclude`). The pattern becomes a
 * regular expression among the keywords, so plain keywords are escaped to keep their meaning.
 */
export function addPatternKeyword(
  { include, exclude, keywordOptions }: Selection,
  pattern: string,
  list: 'include' | 'exclude'
): Partial<Selection> {
  const isRegex = keywordOptions.includes('regex');
  const toRegexes = (keywords: string[]) => (isRegex ? keywords : keywords.map(escapeRegex));
  const lists = { include: toRegexes(include), exclude: toRegexes(exclude) };
  return {
    ...lists,
    [list]: [...new Set([...lists[list], buildPatternRegex(pattern)])],
    keywordOptions: isRegex ? keywordOptions : [...keywordOptions, 'regex'],
    view: 'lines',
  };
}
