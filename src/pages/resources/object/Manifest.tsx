import React, { useMemo, useRef } from 'react';
import { t } from '@grafana/i18n';
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
import type { SednaObject } from '../../../kubernetes';
import { download } from './download';
import { toJson, toYaml } from './yamlText';

export type Format = 'yaml' | 'json';

interface Props {
  /** With its secrets taken out. */
  object: SednaObject;
  format: Format;
  find: string;
  onFormat: (format: Format) => void;
  onFind: (find: string) => void;
}

/** Hits that are listed; the editor itself finds the rest. */
const MAX_HITS = 20;

/** Lines of a text, from 1, that hold what is sought, whatever its case. */
function hitsOf(text: string, find: string): Array<{ line: number; text: string }> {
  const sought = find.trim().toLowerCase();
  return sought === ''
    ? []
    : text
        .split('\n')
        .map((line, index) => ({ line: index + 1, text: line }))
        .filter((line) => line.text.toLowerCase().includes(sought));
}

/** The object as text: read, searched, copied, downloaded. */
export function Manifest({ object, format, find, onFormat, onFind }: Props) {
  const editor = useRef<MonacoEditor | undefined>(undefined);
  const text = useMemo(() => (format === 'json' ? toJson(object) : toYaml(object)), [object, format]);
  const hits = useMemo(() => hitsOf(text, find), [text, find]);
  const { kind, metadata } = object;
  const show = (line: number) => {
    editor.current?.revealLineInCenter(line);
    editor.current?.setSelection({ startLineNumber: line, startColumn: 1, endLineNumber: line + 1, endColumn: 1 });
  };
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <RadioButtonGroup
          value={format}
          onChange={onFormat}
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
          placeholder={t('object.find-placeholder', 'Find in the object')}
          aria-label={t('object.find', 'Find in the object')}
          onChange={({ currentTarget }) => onFind(currentTarget.value)}
        />
        <ClipboardButton variant="secondary" icon="copy" getText={() => text}>
          {t('object.copy', 'Copy')}
        </ClipboardButton>
        <Button
          variant="secondary"
          icon="download-alt"
          onClick={() => download(`${kind}-${metadata.namespace}-${metadata.name}.${format}`, text)}
        >
          {t('object.download', 'Download')}
        </Button>
      </Stack>
      {find.trim() !== '' && (
        <div role="status" data-testid="object-hits">
          <Text variant="bodySmall" color="secondary">
            {t('object.hits', 'Lines that hold it: {{count}}', { count: hits.length })}
          </Text>
          {hits.slice(0, MAX_HITS).map((hit) => (
            <div key={hit.line}>
              <Button size="sm" fill="text" variant="secondary" onClick={() => show(hit.line)}>
                {`${hit.line}: ${hit.text.trim()}`}
              </Button>
            </div>
          ))}
        </div>
      )}
      <div data-testid="object-text">
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
