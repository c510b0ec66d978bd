/** The table of alerts in docs/use/alerts.md. */
import path from 'node:path';
import { replaceMarkedPart, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { ALERTS } from '.';
import { fill, type Alert } from './alert';

/** Texts with their places as a reader sees them. */
const DIALECT = { label: (name: string) => `<${name}>`, value: (format: string) => `<${format}>` };

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const rowOf = ({ name, severity, for: holds, summary, needs, rule }: Alert) =>
  `| [${name}](../runbooks/${name}.md) | ${severity} | ${holds} | ${cell(fill(summary, DIALECT))} | ${needs.join(', ')} | ${rule ? `\`${rule}\`` : ''} |`;

const alertTable = () =>
  `${[
    '| alert | severity | for | says | needs | rule of the diagnosis |',
    '| --- | --- | --- | --- | --- | --- |',
    ...ALERTS.map(rowOf),
  ].join('\n')}\n`;

/** docs/use/alerts.md, of which people write the rest. */
export const referenceFile = (): GeneratedFile =>
  replaceMarkedPart(path.join(__dirname, '..', '..', 'docs', 'use', 'alerts.md'), alertTable());
