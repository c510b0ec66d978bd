import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { t } from '../platform/i18n';

/** Tokens of PromQL with their own color, in the order of precedence. */
const PARTS = {
  text: /"(?:\\.|[^"\\])*"/,
  keyword: /\b(?:and|or|unless|by|without|on|ignoring|group_left|group_right|offset|bool)\b|@/,
  call: /\b[a-z_]+(?=\s*(?:\(|by\b|without\b))/,
  number: /\[[^\]]*\]|\$__\w+|\b\d+(?:\.\d+)?[a-z]*\b/,
};
type Part = keyof typeof PARTS;

const TOKEN = new RegExp(
  Object.entries(PARTS)
    .map(([name, { source }]) => `(?<${name}>${source})`)
    .join('|'),
  'g'
);

interface Token {
  part?: Part;
  text: string;
}

/** Splits a query into tokens; joined, they are the query. */
export function parseTokens(query: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of query.matchAll(TOKEN)) {
    if (match.index > end) {
      tokens.push({ text: query.slice(end, match.index) });
    }
    const [part] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    tokens.push({ part: part as Part, text: match[0] });
    end = match.index + match[0].length;
  }
  return end < query.length ? [...tokens, { text: query.slice(end) }] : tokens;
}

/** Shows PromQL with highlighting and a copy button. */
export function QueryText({ query, label }: { query: string; label: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.line}>
      <code className={styles.query} aria-label={label}>
        {parseTokens(query).map(({ part, text }, index) => (
          <span key={index} className={part && styles[part]}>
            {text}
          </span>
        ))}
      </code>
      <ClipboardButton size="sm" variant="secondary" fill="text" icon="copy" getText={() => query}>
        {t('copy-block.copy', 'Copy')}
      </ClipboardButton>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1) }),
  query: css({ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', minWidth: 0, padding: theme.spacing(0.5, 1) }),
  text: css({ color: theme.colors.success.text }),
  keyword: css({ color: theme.colors.warning.text }),
  call: css({ color: theme.colors.primary.text }),
  number: css({ color: theme.colors.error.text }),
});
