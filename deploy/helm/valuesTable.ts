import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

interface Row {
  name: string;
  byDefault: string;
  description: string;
}

/**
 * A Markdown table of the chart's values with default and meaning.
 * @throws for a value without a description, and for one that the schema does not know
 */
export function valuesTable(chartFolder: string): string {
  const schema = JSON.parse(readFileSync(path.join(chartFolder, 'values.schema.json'), 'utf8')) as Schema;
  const values = parse(readFileSync(path.join(chartFolder, 'values.yaml'), 'utf8')) as Record<string, unknown>;
  return toTableRows(schema, schema, values, '')
    .map(({ name, byDefault, description }) => `| \`${name}\` | ${byDefault} | ${description} |`)
    .reduce((table, row) => `${table}${row}\n`, '| value | default | meaning |\n| --- | --- | --- |\n');
}

function toTableRows(root: Schema, schema: Schema, values: Record<string, unknown>, prefix: string): Row[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    const property = resolve(root, schema.properties?.[key]);
    if (!property) {
      throw new Error(`values.yaml sets ${name}, and values.schema.json does not know it: add it there`);
    }
    if (property.properties && !property.description) {
      return toTableRows(root, property, value as Record<string, unknown>, `${name}.`);
    }
    if (!property.description) {
      throw new Error(`values.schema.json says nothing about ${name}: give it a description`);
    }
    return { name, byDefault: shown(value), description: property.description.replaceAll('|', '\\|') };
  });
}

function resolve(root: Schema, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.replace('#/$defs/', '');
  return name ? { ...root.$defs?.[name], ...schema } : schema;
}

const isEmpty = (value: unknown) =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const shown = (value: unknown) =>
  isEmpty(value) ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
