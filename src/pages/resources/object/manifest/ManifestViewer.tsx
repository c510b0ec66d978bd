import React, { useMemo, useRef } from 'react';
import {
  Button,
  ClipboardButton,
  CodeEditor,
  Icon,
  Input,
  RadioButtonGroup,
  Stack,
  Text,
  type MonacoEditor,
} from '@grafana/ui';
import type { SednaObject } from '../../../../kubernetes';
import { downloadText } from './downloadText';
import { toJson, toYaml } from './manifestText';
import { TEST_IDS } from '../../../../ui/testIds';
import { t } from '../../../../platform/i18n';

export type ManifestFormat = 'yaml' | 'json';

interface Props {
  /** The object with masked secrets. */
  object: SednaObject;
  format: ManifestFormat;
  find: string;
  onFormatChange: (format: ManifestFormat) => void;
  onFindChange: (find: string) => void;
}

/** Matches that are listed; the editor's own search finds the rest. */
const MAX_MATCHES = 20;

/** Returns the lines that contain a text, ignoring case; the first line is 1. */
function findLines(text: string, find: string): Array<{ line: number; text: string }> {
  const query = find.trim().toLowerCase();
  return query === ''
    ? []
    : text
        .split('\n')
        .map((line, index) => ({ line: index + 1, text: line }))
        .filter((line) => line.text.toLowerCase().includes(query));
}

/** Shows an object as YAML or JSON, with search, copy, and download. */
export function ManifestViewer({ object, format, find, onFormatChange, onFindChange }: Props) {
  const editor = useRef<MonacoEditor | undefined>(undefined);
  const text = useMemo(() => (format === 'json' ? toJson(object) : toYaml(object)), [object, format]);
  const matches = useMemo(() => findLines(text, find), [text, find]);
  const { kind, metadata } = object;
  const reveal = (line: number) => {
    editor.current?.revealLineInCenter(line);
    editor.current?.setSelection({ startLineNumber: line, startColumn: 1, endLineNumber: line + 1, endColumn: 1 });
  };
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <RadioButtonGroup
          value={format}
          onChange={onFormatChange}
          aria-label={t('object.format', 'Format')}
          options={[
            { value: 'yaml', label: t('object.yaml', 'YAML') },
            { value: 'json', label: t('object.json', 'JSON') },
          ]}
        />
        <Input
          width={32}
          value={find}
          prefix={<Icon name="search" />}
          placeholder={t('object.find-placeholder', 'Find in object')}
          aria-label={t('object.find', 'Find in object')}
          onChange={({ currentTarget }) => onFindChange(currentTarget.value)}
        />
        <ClipboardButton variant="secondary" icon="copy" getText={() => text}>
          {t('object.copy', 'Copy')}
        </ClipboardButton>
        <Button
          variant="secondary"
          icon="download-alt"
          onClick={() => downloadText(`${kind}-${metadata.namespace}-${metadata.name}.${format}`, text)}
        >
          {t('object.download', 'Download')}
        </Button>
      </Stack>
      {find.trim() !== '' && (
        <div role="status" data-testid={TEST_IDS.object.matches}>
          <Text variant="bodySmall" color="secondary">
            {t('object.hits', '{{count}} matches', {
              count: matches.length,
              defaultValue_one: '{{count}} match',
            })}
          </Text>
          {matches.slice(0, MAX_MATCHES).map((match) => (
            <div key={match.line}>
              <Button size="sm" fill="text" variant="secondary" onClick={() => reveal(match.line)}>
                {`${match.line}: ${match.text.trim()}`}
              </Button>
            </div>
          ))}
        </div>
      )}
      <div data-testid={TEST_IDS.object.manifest}>
        <CodeEditor
          value={text}
          language={format}
          readOnly
          height={480}
          showMiniMap={false}
          showLineNumbers
          onEditorDidMount={(mounted) => {
            editor.current = mounted;
          }}
        />
      </div>
    </Stack>
  );
}
