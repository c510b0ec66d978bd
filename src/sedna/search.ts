/**
 * Search grammar of the resource list: words that must all be part of the name, `"quoted text"` for text with spaces or text
 * that starts like a filter, and the filters `kind:`, `ns:`, `stage:`, `is:failing`, `is:stuck`, and `is:starred`. Anything
 * else is text to find, so no input is an error.
 */
import type { AttentionLevel } from './diagnosis/attention';
import { KINDS } from './kinds';

export const SEARCH_STATES = ['failing', 'stuck', 'starred'] as const;
export type SearchState = (typeof SEARCH_STATES)[number];

export interface Search {
  /** Texts that the name must all contain, ignoring case. */
  texts: readonly string[];
  /** Kinds to find; absent for all. */
  kinds?: ReadonlySet<string>;
  /** Namespaces to find, or parts of their names unless `whole`. */
  namespaces: ReadonlyArray<{ text: string; whole: boolean }>;
  /** Prefixes of stages to find. */
  stages: readonly string[];
  /** Attention levels to find. */
  levels: readonly AttentionLevel[];
  starred: boolean;
}

/** Properties that a search checks. */
export interface Searchable {
  kind: string;
  namespace: string;
  name: string;
  /** Empty for kinds without stages. */
  stage: string;
  level: AttentionLevel;
  starred: boolean;
}

/** An optional filter, then quoted text (whose end may not be typed yet) or characters up to a space. */
const TOKEN = /(?:(kind|ns|stage|is):)?(?:"((?:[^"\\]|\\[^])*)(?:"(?!\S)|$)|(\S*))/iy;
const BLANKS = /\s*/y;

interface Token {
  raw: string;
  filter?: string;
  value: string;
  quoted: boolean;
}

function parseTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    BLANKS.lastIndex = at;
    BLANKS.test(text);
    at = BLANKS.lastIndex;
    TOKEN.lastIndex = at;
    const [raw, filter, quoted, plain] = TOKEN.exec(text)!;
    if (raw === '"') {
      tokens.push({ raw, value: raw, quoted: false });
    } else if (raw !== '') {
      const value = quoted === undefined ? plain : quoted.replace(/\\([^])/g, '$1');
      tokens.push({ raw, filter: filter?.toLowerCase(), value, quoted: quoted !== undefined });
    }
    at += raw.length;
  }
  return tokens;
}

/** Finds kinds by name, plural, or short name. Without an exact match, finds all that start with the text. */
function findKinds(text: string): string[] {
  const lower = text.toLowerCase();
  const kinds = KINDS.map(({ kind, plural, shortName }) => ({
    kind,
    names: [kind.toLowerCase(), plural, ...(shortName ? [shortName] : [])],
  }));
  const exact = kinds.filter(({ names }) => names.includes(lower));
  const found = exact.length > 0 ? exact : kinds.filter(({ names }) => names.some((name) => name.startsWith(lower)));
  return found.map(({ kind }) => kind);
}

/** Parses a search. A filter without a value, or with the start of a state, has no effect yet. */
export function parseSearch(text: string): Search {
  const texts: string[] = [];
  const namespaces: Array<{ text: string; whole: boolean }> = [];
  const stages: string[] = [];
  const states = new Set<SearchState>();
  let kinds: Set<string> | undefined;
  for (const { raw, filter, value, quoted } of parseTokens(text)) {
    if (value === '') {
      continue;
    }
    switch (filter) {
      case 'kind':
        kinds = new Set([...(kinds ?? []), ...findKinds(value)]);
        break;
      case 'ns':
        namespaces.push({ text: quoted ? value : value.toLowerCase(), whole: quoted });
        break;
      case 'stage':
        stages.push(value.toLowerCase());
        break;
      case 'is': {
        const begun = SEARCH_STATES.filter((state) => state.startsWith(value.toLowerCase()));
        const state = begun.find((each) => each === value.toLowerCase());
        if (state) {
          states.add(state);
        } else if (begun.length === 0) {
          texts.push(raw);
        }
        break;
      }
      default:
        texts.push(value);
    }
  }
  const levels = (['failing', 'stuck'] as const).filter((level) => states.has(level));
  return { texts, kinds, namespaces, stages, levels, starred: states.has('starred') };
}

/** Returns whether a search finds everything. */
export const isEmptySearch = ({ texts, kinds, namespaces, stages, levels, starred }: Search): boolean =>
  texts.length + namespaces.length + stages.length + levels.length === 0 && kinds === undefined && !starred;

/**
 * Returns whether a text contains another, ignoring case. The lowercase of a part isn't always part of the lowercase of the
 * whole (a Greek sigma at the end of a word), so both spellings are checked.
 */
const isPart = (whole: string, lowerWhole: string, text: string, lowerText: string) =>
  lowerWhole.includes(lowerText) || whole.includes(text);

/** Creates a function that returns whether a search finds an object. Create it once for many objects. */
export function createMatcher({ texts, kinds, namespaces, stages, levels, starred }: Search) {
  const lowerTexts = texts.map((text) => text.toLowerCase());
  return (item: Searchable): boolean => {
    if (starred && !item.starred) {
      return false;
    }
    if (kinds && !kinds.has(item.kind)) {
      return false;
    }
    if (levels.length > 0 && !levels.includes(item.level)) {
      return false;
    }
    const { namespace } = item;
    if (
      namespaces.length > 0 &&
      !namespaces.some(({ text, whole }) => (whole ? namespace === text : namespace.toLowerCase().includes(text)))
    ) {
      return false;
    }
    if (stages.length > 0) {
      const stage = item.stage.toLowerCase();
      if (!stages.some((text) => stage.startsWith(text))) {
        return false;
      }
    }
    if (texts.length === 0) {
      return true;
    }
    const lower = item.name.toLowerCase();
    return lowerTexts.every((lowerText, index) => isPart(item.name, lower, texts[index], lowerText));
  };
}

/** Returns the only text of a search, whose exact match is listed first, or undefined for no or several texts. */
export const getExactName = ({ texts }: Search): string | undefined => (texts.length === 1 ? texts[0] : undefined);

/** Quotes text so that the search finds exactly this text. */
export const quoteSearch = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Returns the words of a search that ignores case, in lower case. */
export const splitWords = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);
