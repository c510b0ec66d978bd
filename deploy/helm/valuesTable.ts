import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { replaceMarkedPart, type GeneratedFile } from '../../tools/generators/generatedFiles';

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

interface Row {
  name: string;
  defaultValue: unknown;
  description: string;
}

/**
 * Returns the README of a chart with its current table of values.
 * @throws if the README lacks the marks around the table, or a value lacks a description
 */
export function buildReadme(chartFolder: string): GeneratedFile {
  return replaceMarkedPart(path.join(chartFolder, 'README.md'), formatValuesTable(chartFolder));
}

/**
 * Formats the values of a chart as a Markdown table, in the order of values.yaml.
 * @throws if values.schema.json lacks a value of values.yaml or its description
 */
export function formatValuesTable(chartFolder: string): string {
  const schema = JSON.parse(readFileSync(path.join(chartFolder, 'values.schema.json'), 'utf8')) as Schema;
  const values = parse(readFileSync(path.join(chartFolder, 'values.yaml'), 'utf8')) as Record<string, unknown>;
  return toRows(schema, schema, values, '')
    .map(({ name, defaultValue, description }) => `| \`${name}\` | ${formatValue(defaultValue)} | ${description} |`)
    .reduce((table, row) => `${table}${row}\n`, '| Value | Default | Description |\n| --- | --- | --- |\n');
}

function toRows(root: Schema, schema: Schema, values: Record<string, unknown>, prefix: string): Row[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    const property = resolveReference(root, schema.properties?.[key]);
    if (!property) {
      throw new Error(`values.yaml sets ${name}, but values.schema.json doesn't define it. Add it to the schema.`);
    }
    if (property.properties && !property.description) {
      return toRows(root, property, value as Record<string, unknown>, `${name}.`);
    }
    if (!property.description) {
      throw new Error(`values.schema.json has no description of ${name}. Add one.`);
    }
    return { name, defaultValue: value, description: property.description.replaceAll('|', '\\|') };
  });
}

function resolveReference(root: Schema, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.replace('#/$defs/', '');
  return name ? { ...root.$defs?.[name], ...schema } : schema;
}

const isEmpty = (value: unknown) =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const formatValue = (value: unknown) =>
  isEmpty(value) ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
