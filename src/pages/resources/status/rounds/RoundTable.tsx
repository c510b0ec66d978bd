import React, { useState, type ReactNode } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import { AppLink } from '../../../../ui/links/AppLink';
import { maskText } from '../../../../sedna/masking/maskText';
import type { ObjectRef } from '../../../../sedna/objectRef';
import { STAGES, type Stage } from '../../../../sedna/kinds';
import type { RoundMetric } from '../../../../sedna/conditions';
import type { RoundStats } from '../../../../sedna/learning/roundStats';
import {
  formatDuration,
  formatNotRecorded,
  formatNumber,
  formatOutcome,
  formatRoundTitle,
  formatTask,
  formatVersion,
} from '../../../../ui/format/formatRound';
import { stageLogsUrl } from '../logLinks';
import { t } from '../../../../platform/i18n';

/** Rounds that are shown at first. Each click doubles them. */
const INITIAL_ROUNDS = 5;

interface TableRow {
  title: string;
  cell: (round: RoundStats) => ReactNode;
}

interface Props {
  objectRef: ObjectRef;
  rounds: readonly RoundStats[];
  /** Unix time in seconds at which the data was queried. */
  now: number;
  /** Loads older rounds; absent if there are none. */
  onLoadOlder?: () => void;
}

/** Shows one column for each round, newest first. */
export function RoundTable({ objectRef: ref, rounds, now, onLoadOlder }: Props) {
  const [shown, setShown] = useState(INITIAL_ROUNDS);
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
                      : formatTime(each.round.start * 1000)}
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
      {(rounds.length > shown || onLoadOlder) && (
        <Button
          variant="secondary"
          size="sm"
          onClick={() => {
            setShown(shown * 2);
            if (rounds.length < shown * 2) {
              onLoadOlder?.();
            }
          }}
        >
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
      cell: (figures: RoundStats) => {
        const known = figures.samples[stage];
        if (!known) {
          return formatMissing(figures, stage === 'train' ? 'Train' : 'Eval');
        }
        return known.isEstimate
          ? t('rounds.estimate', '≈ {{number}}', { number: formatNumber(known.samples) })
          : formatNumber(known.samples);
      },
    })),
    {
      title: t('rounds.metrics', 'Evaluation metrics'),
      cell: (figures) =>
        figures.round.metrics.length === 0
          ? formatMissing(figures, 'Eval')
          : figures.round.metrics.map((each) => <div key={formatMetric(each)}>{formatMetric(each)}</div>),
    },
    // Only lifelong learning tells tasks apart.
    ...(ref.kind === 'LifelongLearningJob' ? [buildDroppedRow()] : []),
    ...STAGES.map((stage) => ({
      title: {
        Train: t('rounds.model-trained', 'Trained model'),
        Eval: t('rounds.model-evaluated', 'Evaluated model'),
        Deploy: t('rounds.model-deployed', 'Deployed model'),
      }[stage],
      cell: (figures: RoundStats) => {
        const { round, deployed } = figures;
        const seen = round.stages.find((run) => run.stage === stage)?.modelsOut ?? [];
        const models = stage === 'Deploy' ? deployed : seen;
        return models.length === 0
          ? formatMissing(figures, stage)
          : models.map(({ url, version }) => <div key={url}>{formatVersion(version, maskText(url))}</div>);
      },
    })),
  ];
}

const buildDroppedRow = (): TableRow => ({
  title: t('rounds.dropped', 'Dropped tasks'),
  cell: (figures) => {
    const { tasks } = figures;
    if (!tasks) {
      return formatMissing(figures, 'Eval');
    }
    return tasks.dropped.length === 0
      ? t('rounds.none-dropped', 'None of {{count}}', { count: tasks.passed.length })
      : tasks.dropped.map((task) => <div key={task.task}>{formatTask(task)}</div>);
  },
});

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
    return <Text color="secondary">{formatMissing(figures, stage)}</Text>;
  }
  const known = figures.durations[stage];
  const href = stageLogsUrl(ref, run, now);
  const text = `${formatOutcome(run.outcome)}${known ? ` · ${formatDuration(known)}` : ''}`;
  const link = href ? (
    <AppLink href={href} inline>
      {text}
    </AppLink>
  ) : (
    <>{text}</>
  );
  return (
    <>
      {link}
      {run.reportOverwritten && (
        <Text element="p" variant="bodySmall" color="warning">
          {t('rounds.report-overwritten', 'The global manager overwrote the report in the object')}
        </Text>
      )}
    </>
  );
}

/** Says why a stage has nothing to show. */
function formatMissing({ round, isTruncated }: RoundStats, stage: Stage): string {
  const run = round.stages.find((each) => each.stage === stage);
  if (run && run.outcome !== 'open') {
    return formatNotRecorded();
  }
  if (round.hasRun === undefined) {
    return run ? formatNotRecorded() : t('rounds.not-seen', 'Not seen');
  }
  if (isTruncated && STAGES.indexOf(stage) < STAGES.indexOf(round.stages[0].stage)) {
    return t('rounds.before-range', 'Before this time range');
  }
  return round.outcome === 'open'
    ? t('rounds.not-reached-yet', 'Not reached yet')
    : t('rounds.not-reached', 'Not reached');
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
