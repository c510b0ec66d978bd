import React, { useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import { ConditionBadge } from '../../../../ui/ConditionBadge';
import { parseRecordedRound, type ConditionModel } from '../../../../sedna/conditions';
import type { KindName } from '../../../../sedna/kinds';
import { getModelVersions } from '../../../../sedna/kinds/shared/models';
import { formatVersion } from '../../../../ui/format/formatRound';
import { plainTable } from '../../../../ui/plainTable';
import type { ConditionRow } from './conditionRows';
import { t } from '../../../../platform/i18n';

/** Conditions that are shown at first; a job that runs for months has thousands. */
const INITIAL_ROWS = 30;
const ROWS_STEP = 300;

interface Props {
  kind: KindName;
  /** Newest first. */
  rows: readonly ConditionRow[];
}

/** Shows conditions of an object; nothing for objects without conditions. */
export function ConditionTable({ kind, rows }: Props) {
  const styles = useStyles2(getStyles);
  const [shown, setShown] = useState(INITIAL_ROWS);
  if (rows.length === 0) {
    return null;
  }
  return (
    <div>
      <Text element="h3" variant="h5">
        {t('object.conditions.title', 'Conditions ({{count}})', { count: rows.length })}
      </Text>
      <table className={styles.table} aria-label={t('object.conditions.label', 'Conditions')}>
        <thead>
          <tr>
            <th>{t('object.conditions.place', 'No.')}</th>
            <th>{t('object.conditions.condition', 'Condition')}</th>
            <th>{t('object.conditions.status', 'Status')}</th>
            <th>{t('object.conditions.time', 'Time')}</th>
            <th>{t('object.conditions.words', 'Reason and message')}</th>
            <th>{t('object.conditions.data', 'Data')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .slice(0, shown)
            .map(({ position, stage, type, status, time, reasonAndMessage, data, isLost }, index) => (
              <tr key={`${position} ${rows.length - index}`}>
                <td>{position}</td>
                <td>
                  <ConditionBadge stage={stage || undefined} condition={type} />
                </td>
                <td>{status}</td>
                <td>{time === undefined ? t('object.conditions.no-time', 'Not recorded') : formatTime(time * 1000)}</td>
                <td>
                  {reasonAndMessage}
                  {isLost && (
                    <Text element="p" variant="bodySmall" color="warning">
                      {t('object.conditions.lost', 'Overwritten by the global manager')}
                    </Text>
                  )}
                </td>
                <td>
                  <ConditionDataList data={data} stage={stage} kind={kind} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {shown < rows.length && (
        <Button variant="secondary" fill="text" onClick={() => setShown(shown + ROWS_STEP)}>
          {t('object.conditions.more', 'Show older conditions ({{count}})', { count: rows.length - shown })}
        </Button>
      )}
    </div>
  );
}

/** Lists the fields of the JSON inside a condition. */
function ConditionDataList({ data, stage, kind }: Pick<ConditionRow, 'data' | 'stage'> & { kind: KindName }) {
  const styles = useStyles2(getStyles);
  if (data.state === 'malformed') {
    return (
      <span>
        {t('object.data.malformed', 'Not valid JSON: {{text}}', {
          text: data.text.slice(0, 200),
        })}
      </span>
    );
  }
  if (data.state !== 'parsed') {
    return null;
  }
  const { input, output } = data;
  const fields: Array<[string, string]> = [];
  const add = (name: string, value: string | undefined) => value !== undefined && fields.push([name, value]);
  const addModels = (models: readonly ConditionModel[] = [], name: string) => {
    const versions = getModelVersions(kind, stage, models.length);
    models.forEach((model, place) => add(name, formatVersion(versions?.[place], formatModel(model))));
  };
  if (input) {
    add(t('object.data.round', 'Round'), parseRecordedRound(input)?.toString());
    add(t('object.data.data', 'Data'), input.dataUrl);
    add(t('object.data.index', 'Data index'), input.dataIndexUrl);
    addModels(input.models, t('object.data.model-in', 'Input model'));
    add(t('object.data.output', 'Output directory'), input.outputDir);
  }
  addModels(output?.models, t('object.data.model-out', 'Output model'));
  return (
    <dl className={styles.fields}>
      {fields.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function formatModel({ url, metrics }: ConditionModel): string {
  const values = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  return [url, values.length > 0 ? `(${values.join(', ')})` : ''].filter(Boolean).join(' ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: plainTable(theme, 'th, td:nth-child(-n+4)'),
  fields: css({
    margin: 0,
    div: { display: 'flex', gap: theme.spacing(1) },
    dt: { fontWeight: 'normal', color: theme.colors.text.secondary, whiteSpace: 'nowrap' },
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
