/** The parts of the Collector's configuration that depend on Sedna's log formats. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { JOURNAL_SOURCE, STRUCTURED_METADATA } from '../../src/sedna/journal';
import {
  MULTILINE_RULES,
  getMultilineContainers,
  LEVEL_RULES,
  type LevelRule,
  type MultilineRule,
} from '../../src/sedna/logs';
import { FRAMEWORK_LEVEL_CHARS, FRAMEWORK_LEVEL_RULES } from '../../src/sedna/logs/frameworkLevels';
import type { GeneratedFile } from '../../tools/generators/generatedFiles';

/** An operator of the file_log receiver. */
type Operator = { type: string } & Record<string, unknown>;

/** Maximum size of an entry in bytes; Loki's limit for a line. */
const MAX_ENTRY_BYTES = 262_144;
/** Maximum number of lines of an entry. */
const MAX_LINES = 500;

/** Returns a string literal in the Collector's expression language. `$` is doubled because the Collector expands it. */
function toStringLiteral(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\$/g, '$$$$')}'`;
}

const toMatchExpression = (field: string, patterns: readonly string[]) =>
  `${field} matches ${toStringLiteral(patterns.map((pattern) => `(?:${pattern})`).join('|'))}`;

/** Returns a condition for entries of a rule's containers. */
function matchesContainers(rule: MultilineRule): string {
  return getMultilineContainers(rule)
    .map(
      ({ container, podPrefix }) =>
        `resource.container == ${toStringLiteral(container)} and resource.pod startsWith ${toStringLiteral(podPrefix)}`
    )
    .map((toCondition) => `(${toCondition})`)
    .join(' or ');
}

/** Returns a condition for the entries to which a rule applies. */
function toCondition(rule: MultilineRule): string {
  const stream = `attributes.stream == ${toStringLiteral(rule.stream)}`;
  if (rule.of) {
    return `${stream} and (${matchesContainers(rule)})`;
  }
  const others = MULTILINE_RULES.filter((other) => other.of && other.stream === rule.stream);
  // An empty line never starts an entry and is sent on its own.
  return [stream, ...others.map((other) => `not (${matchesContainers(other)})`), "body matches '\\\\S'"].join(' and ');
}

/** Returns the operator that joins the lines of one stream of one file. */
function toRecombineOperator(rule: MultilineRule): Operator {
  const found = toMatchExpression('body', rule.patterns);
  return {
    type: 'recombine',
    id: `join_${rule.id}`,
    if: toCondition(rule),
    combine_field: 'body',
    ...(rule.by === 'first' ? { is_first_entry: found } : { is_last_entry: `not (${found})` }),
    source_identifier: 'attributes.source',
    max_log_size: MAX_ENTRY_BYTES,
    max_batch_size: MAX_LINES,
    max_unmatched_batch_size: MAX_LINES,
    // Time that the newest entry waits for its next line. Entries that end with a known line can wait longer.
    force_flush_period: rule.by === 'first' ? '1s' : '5s',
  };
}

/**
 * Returns an expression for the level by rules. Adjacent rules of the same level share a pattern; the first match wins.
 * @param rest expression for entries that no rule matches
 */
function buildLevelExpression(field: string, rules: readonly LevelRule[], rest: string): string {
  const groups: Array<{ level: string; patterns: string[] }> = [];
  for (const { level, pattern } of rules) {
    const last = groups.at(-1);
    if (last?.level === level) {
      last.patterns.push(pattern);
    } else {
      groups.push({ level, patterns: [pattern] });
    }
  }
  return groups.reduceRight(
    (others, { level, patterns }) =>
      `${toMatchExpression(field, ['(?s)' + patterns.map((each) => `(?:${each})`).join('|')])} ? ${toStringLiteral(level)} : ${others}`,
    rest
  );
}

const PLAIN = 'attributes.plain';

/**
 * Strips color codes from a copy, detects the level in it, and removes the copy. An entry without a known level gets none,
 * so that Loki detects one: a level `unknown` would be final.
 */
const LEVEL_OPERATORS: readonly Operator[] = [
  { type: 'copy', from: 'body', to: PLAIN },
  { type: 'regex_replace', field: PLAIN, regex: '\\x1b\\[[0-9;]*m', replace_with: '' },
  {
    type: 'add',
    field: 'attributes.level',
    value: `EXPR(${buildLevelExpression(
      PLAIN,
      LEVEL_RULES,
      buildLevelExpression(`${PLAIN}[:${FRAMEWORK_LEVEL_CHARS}]`, FRAMEWORK_LEVEL_RULES, toStringLiteral(''))
    )})`,
  },
  { type: 'remove', field: 'attributes.level', if: `attributes.level == ${toStringLiteral('')}` },
  { type: 'remove', field: PLAIN },
];

/**
 * Condition for lines of the journal. Not only by the text, so that a worker can't write into the history of others by
 * printing such a line; the names are those of the chart and of Compose.
 */
const IS_JOURNAL =
  "resource.container == 'exporter' and attributes.stream == 'stdout' and " +
  toMatchExpression('body', ['^\\{"v":[0-9]+,"what":"']);

/** Resource attributes of the pod that wrote a line: a stream of the journal is that of a namespace. */
const POD_ATTRIBUTES = ['pod', 'pod_uid', 'container', 'restart_count', 'node'];

/**
 * Gives lines of the journal their own time, stream labels, and structured metadata. A line that isn't complete keeps those
 * of the exporter's log. The last operators, because the level of a line means nothing here.
 */
const JOURNAL_OPERATORS: readonly Operator[] = [
  {
    type: 'json_parser',
    id: 'journal',
    if: IS_JOURNAL,
    parse_from: 'body',
    parse_to: 'attributes.entry',
    on_error: 'send_quiet',
    timestamp: {
      parse_from: 'attributes.entry.at',
      layout_type: 'gotime',
      layout: '2006-01-02T15:04:05.999999999Z07:00',
    },
  },
  {
    type: 'add',
    if: `attributes.entry != nil and ${['namespace', 'kind', 'name', 'what'].map((field) => `attributes.entry.${field} != nil`).join(' and ')}`,
    field: 'attributes.journal',
    value: true,
  },
  ...POD_ATTRIBUTES.map((field) => ({
    type: 'remove',
    if: `attributes.journal != nil and resource.${field} != nil`,
    field: `resource.${field}`,
  })),
  // An entry has a level only if its text looks like one.
  ...['level', 'stream'].map((field) => ({
    type: 'remove',
    if: `attributes.journal != nil and attributes.${field} != nil`,
    field: `attributes.${field}`,
  })),
  { type: 'add', if: 'attributes.journal != nil', field: 'resource.source', value: JOURNAL_SOURCE },
  {
    type: 'move',
    if: 'attributes.journal != nil',
    from: 'attributes.entry.namespace',
    to: 'resource.namespace',
  },
  // The same as that of the collector, if both are configured.
  {
    type: 'move',
    if: 'attributes.journal != nil and attributes.entry.cluster != nil',
    from: 'attributes.entry.cluster',
    to: 'resource.cluster',
  },
  ...STRUCTURED_METADATA.map((field) => ({
    type: 'move',
    if: `attributes.journal != nil and attributes.entry.${field} != nil`,
    from: `attributes.entry.${field}`,
    to: `attributes.${field}`,
  })),
];

const JOIN_OPERATORS = MULTILINE_RULES.map(toRecombineOperator);

/** In a user's pod, there are no Sedna components and no streams: any file may contain tracebacks. */
const SIDECAR_JOIN_OPERATORS: readonly Operator[] = MULTILINE_RULES.filter(({ of }) => !of).map((rule) => ({
  ...toRecombineOperator(rule),
  if: "body matches '\\\\S'",
}));

const BEGIN = '# Generated by collection/otel-collector/generate.ts from src/sedna: begin';
const END = '# Generated: end';

/** Replaces the operators between two markers in a file. @throws if the file doesn't have the markers */
function replaceOperators(file: string, operators: readonly Operator[]): GeneratedFile {
  const content = readFileSync(file, 'utf8');
  const section = new RegExp(`^( *)${BEGIN}\\n[^]*?^ *${END}\\n`, 'm');
  const indent = section.exec(content)?.[1];
  if (indent === undefined) {
    throw new Error(`${file} must contain the lines "${BEGIN}" and "${END}"`);
  }
  const yaml = stringify(operators, { lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false });
  const lines = [BEGIN, ...yaml.trimEnd().split('\n'), END].map((line) => `${indent}${line}\n`).join('');
  return { path: file, content: content.replace(section, () => lines) };
}

/** Committed configurations. */
export const FILES: readonly GeneratedFile[] = [
  replaceOperators(path.join(__dirname, 'config.yaml'), [...JOIN_OPERATORS, ...LEVEL_OPERATORS, ...JOURNAL_OPERATORS]),
  replaceOperators(path.join(__dirname, 'sidecar.yaml'), [...SIDECAR_JOIN_OPERATORS, ...LEVEL_OPERATORS]),
];
