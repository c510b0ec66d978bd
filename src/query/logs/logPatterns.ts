/** Patterns as Loki finds them: text with `<_>` for what differs from line to line. */
import { escapeRegex } from '../escape';

export const PLACEHOLDER = '<_>';

/**
 * RE2 pattern of the entries that a pattern stands for, as Loki's own pattern filter (`|>`) takes it. The case matters
 * and a dot is any sign, whatever stands around it.
 */
export const buildPatternRegex = (pattern: string): string =>
  `(?s-i:^${pattern.split(PLACEHOLDER).map(escapeRegex).join('.+')}$)`;
