import React, { useMemo } from 'react';
import { getDefaultTimeRange, LoadingState } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneDataNode,
  SceneObjectBase,
  SceneQueryRunner,
  type SceneComponentProps,
  type SceneDataProvider,
  type SceneObjectState,
} from '@grafana/scenes';
import { Alert, InteractiveTable, Text, type CellProps, type Column } from '@grafana/ui';
import { chooseDataSource } from '../../platform/dataSources';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { buildLogsUrl, type LinkRange } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { RelativeTime } from '../../ui/RelativeTime';
import { getQueryError, useLastGoodData } from '../../data/requests/useLastGoodData';
import { droppedLines, taskEvaluations } from '../../query/knowledgeBase';
import { createInstantVectorRunner } from '../../data/requests/instantVectorDataSource';
import { useLinkRange } from '../../platform/links/linkRange';
import { getCurrentLogLabels, withLogLabels } from '../../data/logs/detectLogLabels';
import { toLogRows } from '../../data/logs/logRows';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { buildLokiQueries, createLokiRunner } from '../../data/requests/queryRunners';
import { isDroppingGoodTasks } from '../../sedna/learning/modelState';
import { JobLink, Scores } from './columns';
import { dropReasons, droppedTasks, type DroppedTask } from './dropped';
import { evaluationsOf } from './taskRows';
import { notRecorded } from './words';

interface DroppedState extends SceneObjectState {
  text: string;
  /** Lines that tell the rule; where Loki is not there, it never starts. */
  lines: SceneDataProvider;
}

/** The newest lines of a day of evaluations are enough; each dropped task has one in each evaluation. */
const MAX_LINES = 1000;
const PAGE_SIZE = 20;
/** Milliseconds around the start of an evaluation, for its log: clocks of edge nodes drift. */
const [BEFORE, AFTER] = [5 * 60_000, 60 * 60_000];

const isLokiThere = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';

/** Tasks that the newest evaluations dropped, with score and rule: one query, and one for lines. */
export class DroppedScene extends SceneObjectBase<DroppedState> {
  constructor() {
    super({
      text: '',
      lines: isLokiThere()
        ? createLokiRunner([])
        : new SceneDataNode({
            data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() },
          }),
      $data: createInstantVectorRunner({ evaluations: taskEvaluations() }),
    });
    this.addActivationHandler(() => {
      const { lines } = this.state;
      if (!(lines instanceof SceneQueryRunner)) {
        return undefined;
      }
      let isLeft = false;
      let deactivate: (() => void) | undefined;
      withLogLabels(() => {
        if (!isLeft) {
          lines.setState({
            queries: buildLokiQueries([
              { refId: 'lines', expr: droppedLines(getCurrentLogLabels()), maxLines: MAX_LINES },
            ]),
          });
          deactivate = lines.activate();
        }
      });
      return () => {
        isLeft = true;
        deactivate?.();
      };
    });
  }

  find = (text: string) => this.setState({ text });

  static Component = Dropped;
}

function Dropped({ model }: SceneComponentProps<DroppedScene>) {
  const { text, lines } = model.useState();
  const { from, to } = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  const { data: linesData } = lines.useState();
  const shown = useLastGoodData(data);
  const shownLines = useLastGoodData(linesData);
  const reasons = useMemo(() => dropReasons(toLogRows(shownLines, 'lines')), [shownLines]);
  const all = useMemo(() => droppedTasks(shown, reasons), [shown, reasons]);
  const rows = useMemo(
    () => all.filter(({ task }) => task.toLowerCase().includes(text.trim().toLowerCase())),
    [all, text]
  );
  const columns = useMemo(() => columnsOf({ from, to }), [from, to]);
  const failure = getQueryError(linesData);
  return (
    <div data-testid="dropped-tasks">
      <QueryState
        data={data}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={
          all.length === 0 ? (
            <NoneDropped isKnown={evaluationsOf(shown).length > 0} />
          ) : (
            <EmptyState title={t('knowledge-base.tasks.no-match.title', 'No task matches')}>
              {t('knowledge-base.tasks.no-match.text', 'There are {{total}} here: shorten what you typed.', {
                total: all.length,
              })}
            </EmptyState>
          )
        }
      >
        {failure && (
          <Alert
            severity="warning"
            title={t('knowledge-base.dropped.no-rule', 'By which rule they were dropped could not be read')}
          >
            {describeQueryError(failure, getDataSourceName('loki')).title}
          </Alert>
        )}
        {!isLokiThere() && (
          <Alert
            severity="info"
            title={t('knowledge-base.dropped.no-loki', 'The rule stands in logs only, and there is no Loki')}
          >
            {t(
              'knowledge-base.dropped.no-loki-text',
              'Add a Loki data source that has the lines of evaluation workers.'
            )}
          </Alert>
        )}
        {rows.some(({ reason }) => reason && isDroppingGoodTasks(reason)) && (
          <Alert
            severity="warning"
            title={t('knowledge-base.dropped.good.title', 'Tasks are dropped for scores that are high')}
          >
            <Trans i18nKey="knowledge-base.dropped.good.text">
              Sedna drops a task where all of its scores compare so with the threshold; its default, &quot;&gt;&quot;
              with 0.1, drops good ones. Where higher is better, set the environment variables operator to
              &quot;&lt;&quot; and model_threshold in the template of the evaluation worker.
            </Trans>
          </Alert>
        )}
        <Text element="p" variant="bodySmall" color="secondary">
          <Trans i18nKey="knowledge-base.dropped.about">
            Of the newest evaluation of each job, from logs of the last week. A dropped task is not deployed, and stays
            in the knowledge base.
          </Trans>
        </Text>
        <InteractiveTable columns={columns} data={rows} getRowId={({ key }) => key} pageSize={PAGE_SIZE} />
      </QueryState>
    </div>
  );
}

function NoneDropped({ isKnown }: { isKnown: boolean }) {
  return isKnown ? (
    <EmptyState variant="completed" title={t('knowledge-base.dropped.none.title', 'No task was dropped')}>
      {t('knowledge-base.dropped.none.text', 'All passed the newest evaluation.')}
    </EmptyState>
  ) : (
    <EmptyState title={t('knowledge-base.dropped.unknown.title', 'No evaluation is known')}>
      {t(
        'knowledge-base.dropped.unknown.text',
        'Either there was none within a week, or the rules of Loki do not run or do not write to this Prometheus.'
      )}
    </EmptyState>
  );
}

type Cell = CellProps<DroppedTask>;

const columnsOf = (range: LinkRange): Array<Column<DroppedTask>> => [
  { id: 'task', header: t('knowledge-base.column.task', 'Task'), sortType: 'alphanumeric' },
  {
    id: 'name',
    header: t('knowledge-base.column.job', 'Job'),
    sortType: 'alphanumeric',
    cell: ({ row: { original } }: Cell) => <JobLink of={original} range={range} />,
  },
  {
    id: 'scores',
    header: t('knowledge-base.column.scores', 'Scores'),
    cell: ({ row: { original } }: Cell) => <Scores of={original} />,
  },
  {
    id: 'reason',
    header: t('knowledge-base.column.reason', 'Dropped because'),
    cell: ({ row: { original } }: Cell) => <Why of={original} />,
  },
  {
    id: 'began',
    header: t('knowledge-base.column.evaluated', 'Evaluation began'),
    sortType: 'number',
    cell: ({ row: { original } }: Cell) => <RelativeTime seconds={original.began} />,
  },
  {
    id: 'pod',
    header: t('knowledge-base.column.log', 'Log'),
    cell: ({ row: { original } }: Cell) => (
      <AppLink
        href={buildLogsUrl({
          namespace: original.namespace,
          pods: [original.pod],
          span:
            original.began === undefined
              ? range
              : { from: original.began * 1000 - BEFORE, to: original.began * 1000 + AFTER },
        })}
      >
        {original.pod}
      </AppLink>
    ),
  },
];

function Why({ of: { reason } }: { of: DroppedTask }) {
  return reason ? (
    <>
      {t('knowledge-base.dropped.why', 'all scores {{operator}} {{threshold}}', {
        operator: reason.operator,
        threshold: reason.threshold,
        interpolation: { escapeValue: false },
      })}
    </>
  ) : (
    <Text color="secondary">
      {isLokiThere() ? t('knowledge-base.dropped.why-outside', 'no line of it in this time range') : notRecorded()}
    </Text>
  );
}
