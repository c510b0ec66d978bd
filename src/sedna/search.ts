/**
 * What a person types to find a resource: words that must all be part of its name, `"quoted text"` where they hold
 * blanks or begin like a filter, and filters: `kind:`, `ns:`, `stage:`, `is:failing`, `is:stuck`, `is:starred`.
 * Whatever is none of these is text to look for, so nothing that is typed is an error.
 */
import type { AttentionLevel } from './diagnosis/attention';
import { KINDS } from './kinds';

export const SEARCH_STATES = ['failing', 'stuck', 'starred'] as const;
export type SearchState = (typeof SEARCH_STATES)[number];

export interface Search {
  /** Parts of the name; all of them must be in it, whatever their case. */
  texts: readonly string[];
  /** Names of kinds that are wanted, any of them; absent where every kind is. */
  kinds?: ReadonlySet<string>;
  /** Namespaces, any of them; quoted ones as a whole, others as a part of the name. */
  namespaces: ReadonlyArray<{ text: string; whole: boolean }>;
  /** Beginnings of stages, any of them. */
  stages: readonly string[];
  /** Failing or stuck, any of them. */
  levels: readonly AttentionLevel[];
  starred: boolean;
}

/** What a search looks at. */
export interface Searchable {
  kind: string;
  namespace: string;
  name: string;
  /** Empty where the kind knows no stage. */
  stage: string;
  level: AttentionLevel;
  starred: boolean;
}

/** A filter or none, then quoted text (open at the end while it is being typed) or characters up to a blank. */
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

/** Kinds by their name, plural or short name; where none is exactly that, all that begin with it. */
function kindsCalled(text: string): string[] {
  const wanted = text.toLowerCase();
  const named = KINDS.map(({ kind, plural, shortName }) => ({
    kind,
    names: [kind.toLowerCase(), plural, ...(shortName ? [shortName] : [])],
  }));
  const exact = named.filter(({ names }) => names.includes(wanted));
  const found = exact.length > 0 ? exact : named.filter(({ names }) => names.some((name) => name.startsWith(wanted)));
  return found.map(({ kind }) => kind);
}

/** Reads what is typed. A filter without a value yet, or with the beginning of a state, does not filter. */
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
        kinds = new Set([...(kinds ?? []), ...kindsCalled(value)]);
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

/** Whether a search leaves everything in. */
export const isEmptySearch = ({ texts, kinds, namespaces, stages, levels, starred }: Search): boolean =>
  texts.length + namespaces.length + stages.length + levels.length === 0 && kinds === undefined && !starred;

/**
 * Whether a text is part of another, whatever its case. Lower case of a part is not always a part of the lower case
 * of the whole (a Greek sigma at the end of a word), hence the look at both.
 */
const isPart = (whole: string, lowerWhole: string, text: string, lowerText: string) =>
  lowerWhole.includes(lowerText) || whole.includes(text);

/** A test that says of an object whether a search finds it; made once for many objects. */
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

/** The name that a search spells out, for it to stand first; absent where it is about anything else. */
export const getExactName = ({ texts }: Search): string | undefined => (texts.length === 1 ? texts[0] : undefined);

/** Writes text so that the search looks for exactly this, whatever characters it holds. */
export const quoteSearch = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
