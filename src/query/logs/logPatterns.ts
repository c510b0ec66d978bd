/** Log patterns as Loki detects them: text with `<_>` for variable parts. */
import { escapeRegex } from '../escape';

export const PLACEHOLDER = '<_>';

/**
 * Builds the RE2 equivalent of Loki's pattern filter (`|>`). Its flags make it case-sensitive and let a dot match line
 * breaks, whatever the flags around it.
 */
export const buildPatternRegex = (pattern: string): string =>
  `(?s-i:^${pattern.split(PLACEHOLDER).map(escapeRegex).join('.+')}$)`;
