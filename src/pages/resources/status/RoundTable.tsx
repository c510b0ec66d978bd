import React, { useState, type ReactNode } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { AppLink } from '../../../ui/AppLink';
import { maskText } from '../../../kubernetes/maskText';
import type { ObjectRef } from '../../../query/resources';
import { STAGES, type Stage } from '../../../sedna/kinds';
import type { RoundStats } from '../../../sedna/learning/roundStats';
import { stageLogsUrl } from './stageLogs';
import {
  formatDuration,
  formatNotRecorded,
  formatNumber,
  formatOutcome,
  formatRoundTitle,
  formatTask,
} from '../../../ui/format/formatRound';

/** Rounds that stand side by side at first. */
const AT_FIRST = 5;

interface Line {
  title: string;
  cell: (figures: RoundStats) => ReactNode;
}

interface Props {
  objectRef: ObjectRef;
  figures: readonly RoundStats[];
  /** Unix time in seconds of the newest answer. */
  now: number;
}

/** One column a round, newest first; what nobody recorded is called that. */
export function RoundTable({ objectRef: ref, figures, now }: Props) {
  const [shown, setShown] = useState(AT_FIRST);
  const styles = useStyles2(getStyles);
  const rounds = [...figures].reverse().slice(0, shown);
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('rounds.round', 'Round')}</th>
              {rounds.map((each) => (
                <th scope="col" key={each.round.position}>
                  {formatRoundTitle(each)}
                  <Text variant="bodySmall" color="secondary" element="p">
                    {each.isTruncated || each.round.start === undefined
                      ? t('rounds.cut', 'began before this range')
                      : dateTimeFormat(each.round.start * 1000)}
                  </Text>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {linesOf(ref, now).map(({ title, cell }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {rounds.map((each) => (
                  <td key={each.round.position}>{cell(each)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {figures.length > shown && (
        <Button variant="secondary" size="sm" onClick={() => setShown(shown + AT_FIRST)}>
          {t('rounds.older', 'Show older rounds')}
        </Button>
      )}
    </>
  );
}

function linesOf(ref: ObjectRef, now: number): Line[] {
  return [
    ...STAGES.map((stage) => ({
      title: stage,
      cell: (figures: RoundStats) => <StageCell objectRef={ref} stage={stage} figures={figures} now={now} />,
    })),
    ...(['train', 'eval'] as const).map((stage) => ({
      title: stage === 'train' ? t('rounds.train-samples', 'Train samples') : t('rounds.eval-samples', 'Eval samples'),
      cell: ({ samples }: RoundStats) => {
        const known = samples[stage];
        if (!known) {
          return formatNotRecorded();
        }
        return known.isEstimate
          ? t('rounds.estimate', 'about {{number}} (estimate)', { number: formatNumber(known.samples) })
          : formatNumber(known.samples);
      },
    })),
    {
      title: t('rounds.metrics', 'Evaluation metrics'),
      cell: ({ round }) =>
        round.metrics.length === 0
          ? formatNotRecorded()
          : round.metrics.map(({ metric, value }) => <div key={metric}>{`${metric}: ${formatNumber(value)}`}</div>),
    },
    {
      title: t('rounds.dropped', 'Dropped tasks'),
      cell: ({ tasks }) => {
        if (!tasks) {
          return formatNotRecorded();
        }
        return tasks.dropped.length === 0
          ? t('rounds.none-dropped', 'none of {{count}}', { count: tasks.passed.length })
          : tasks.dropped.map((task) => <div key={task.task}>{formatTask(task)}</div>);
      },
    },
    ...STAGES.map((stage) => ({
      title: {
        Train: t('rounds.model-trained', 'Model of Train'),
        Eval: t('rounds.model-evaluated', 'Model of Eval'),
        Deploy: t('rounds.model-deployed', 'Model in use after it'),
      }[stage],
      cell: ({ round, deployed }: RoundStats) => {
        const seen = round.stages.find((run) => run.stage === stage)?.modelsOut ?? [];
        const models = stage === 'Deploy' ? deployed : seen.map(({ url }) => url);
        return models.length === 0 ? formatNotRecorded() : models.map((url) => <div key={url}>{maskText(url)}</div>);
      },
    })),
  ];
}

interface StageCellProps {
  objectRef: ObjectRef;
  stage: Stage;
  figures: RoundStats;
  now: number;
}

/** How a stage went, how long it took, and the way to what was logged meanwhile. */
function StageCell({ objectRef: ref, stage, figures, now }: StageCellProps) {
  const run = figures.round.stages.find((each) => each.stage === stage);
  if (!run) {
    return <Text color="secondary">{t('rounds.not-reached', 'not seen')}</Text>;
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
