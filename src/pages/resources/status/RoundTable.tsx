import React, { useState, type ReactNode } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { AppLink } from '../../../ui/links/AppLink';
import { maskText } from '../../../sedna/masking/maskText';
import type { ObjectRef } from '../../../sedna/objectRef';
import { STAGES, type Stage } from '../../../sedna/kinds';
import type { RoundMetric } from '../../../sedna/conditions';
import type { RoundStats } from '../../../sedna/learning/roundStats';
import {
  formatDuration,
  formatNotRecorded,
  formatNumber,
  formatOutcome,
  formatRoundTitle,
  formatTask,
  formatVersion,
} from '../../../ui/format/formatRound';
import { stageLogsUrl } from './logLinks';
import { t } from '../../../platform/i18n';

/** Rounds that are shown at first, and that each click adds. */
const ROUNDS_STEP = 5;

interface TableRow {
  title: string;
  cell: (round: RoundStats) => ReactNode;
}

interface Props {
  objectRef: ObjectRef;
  rounds: readonly RoundStats[];
  /** Unix time in seconds at which the data was queried. */
  now: number;
}

/** Shows one column for each round, newest first. */
export function RoundTable({ objectRef: ref, rounds, now }: Props) {
  const [shown, setShown] = useState(ROUNDS_STEP);
  const styles = useStyles2(getStyles);
  const visibleRounds = [...rounds].reverse().slice(0, shown);
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('rounds.round', 'Round')}</th>
              {visibleRounds.map((each) => (
                <th scope="col" key={each.round.position}>
                  {formatRoundTitle(each)}
                  <Text variant="bodySmall" color="secondary" element="p">
                    {each.isTruncated || each.round.start === undefined
                      ? t('rounds.cut', 'Started before this time range')
                      : dateTimeFormat(each.round.start * 1000)}
                  </Text>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buildRows(ref, now).map(({ title, cell }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {visibleRounds.map((each) => (
                  <td key={each.round.position}>{cell(each)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rounds.length > shown && (
        <Button variant="secondary" size="sm" onClick={() => setShown(shown + ROUNDS_STEP)}>
          {t('rounds.older', 'Show older rounds')}
        </Button>
      )}
    </>
  );
}

function buildRows(ref: ObjectRef, now: number): TableRow[] {
  return [
    ...STAGES.map((stage) => ({
      title: stage,
      cell: (round: RoundStats) => <StageCell objectRef={ref} stage={stage} figures={round} now={now} />,
    })),
    ...(['train', 'eval'] as const).map((stage) => ({
      title:
        stage === 'train'
          ? t('rounds.train-samples', 'Training samples')
          : t('rounds.eval-samples', 'Evaluation samples'),
      cell: ({ samples }: RoundStats) => {
        const known = samples[stage];
        if (!known) {
          return formatNotRecorded();
        }
        return known.isEstimate
          ? t('rounds.estimate', '≈ {{number}}', { number: formatNumber(known.samples) })
          : formatNumber(known.samples);
      },
    })),
    {
      title: t('rounds.metrics', 'Evaluation metrics'),
      cell: ({ round }) =>
        round.metrics.length === 0
          ? formatNotRecorded()
          : round.metrics.map((each) => <div key={formatMetric(each)}>{formatMetric(each)}</div>),
    },
    {
      title: t('rounds.dropped', 'Dropped tasks'),
      cell: ({ tasks }) => {
        if (!tasks) {
          return formatNotRecorded();
        }
        return tasks.dropped.length === 0
          ? t('rounds.none-dropped', 'None of {{count}}', { count: tasks.passed.length })
          : tasks.dropped.map((task) => <div key={task.task}>{formatTask(task)}</div>);
      },
    },
    ...STAGES.map((stage) => ({
      title: {
        Train: t('rounds.model-trained', 'Trained model'),
        Eval: t('rounds.model-evaluated', 'Evaluated model'),
        Deploy: t('rounds.model-deployed', 'Deployed model'),
      }[stage],
      cell: ({ round, deployed }: RoundStats) => {
        const seen = round.stages.find((run) => run.stage === stage)?.modelsOut ?? [];
        const models = stage === 'Deploy' ? deployed : seen;
        return models.length === 0
          ? formatNotRecorded()
          : models.map(({ url, version }) => <div key={url}>{formatVersion(version, maskText(url))}</div>);
      },
    })),
  ];
}

const formatMetric = ({ version, metric, value }: RoundMetric) =>
  formatVersion(version, `${metric}: ${formatNumber(value)}`);

interface StageCellProps {
  objectRef: ObjectRef;
  stage: Stage;
  figures: RoundStats;
  now: number;
}

/** Shows outcome and duration of a stage, with a link to its logs if the start is recorded. */
function StageCell({ objectRef: ref, stage, figures, now }: StageCellProps) {
  const run = figures.round.stages.find((each) => each.stage === stage);
  if (!run) {
    return <Text color="secondary">{t('rounds.not-reached', 'Not seen')}</Text>;
  }
  const known = figures.durations[stage];
  const href = stageLogsUrl(ref, run, now);
  const text = `${formatOutcome(run.outcome)}${known ? ` · ${formatDuration(known)}` : ''}`;
  return href ? (
    <AppLink href={href} inline>
      {text}
    </AppLink>
  ) : (
    <>{text}</>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    'th, td': {
      padding: theme.spacing(0.5, 2, 0.5, 0),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflowWrap: 'anywhere',
      minWidth: 140,
    },
  }),
});
