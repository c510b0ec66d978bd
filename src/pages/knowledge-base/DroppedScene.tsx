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
import { chooseDataSource } from '../../app/dataSources';
import { currentSettings } from '../../app/currentSettings';
import { logsUrl, type LinkRange } from '../../app/links';
import { AppLink } from '../../components/AppLink';
import { explainError } from '../../components/explainError';
import { Nothing } from '../../components/Nothing';
import { QueryState } from '../../components/QueryState';
import { Since } from '../../components/Since';
import { failureOf, useLastAnswer } from '../../components/useLastAnswer';
import { droppedLines, taskEvaluations } from '../../query/knowledgeBase';
import { instantTablesRunner } from '../../scenes/instantTables';
import { useLinkRange } from '../../scenes/linkRange';
import { currentLogLabels, withLogLabels } from '../../scenes/logLabels';
import { logRowsOf } from '../../scenes/logRows';
import { dataSourceName } from '../../scenes/page';
import { lokiQueries, lokiRunner } from '../../scenes/queries';
import { dropsGoodTasks } from '../../sedna/knowledgeBase';
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

const isLokiThere = () => chooseDataSource('loki', currentSettings()).state === 'chosen';

/** Tasks that the newest evaluations dropped, with score and rule: one query, and one for lines. */
export class DroppedScene extends SceneObjectBase<DroppedState> {
  constructor() {
    super({
      text: '',
      lines: isLokiThere()
        ? lokiRunner([])
        : new SceneDataNode({
            data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() },
          }),
      $data: instantTablesRunner({ evaluations: taskEvaluations() }),
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
            queries: lokiQueries([{ refId: 'lines', expr: droppedLines(currentLogLabels()), maxLines: MAX_LINES }]),
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
  const shown = useLastAnswer(data);
  const shownLines = useLastAnswer(linesData);
  const reasons = useMemo(() => dropReasons(logRowsOf(shownLines, 'lines')), [shownLines]);
  const all = useMemo(() => droppedTasks(shown, reasons), [shown, reasons]);
  const rows = useMemo(
    () => all.filter(({ task }) => task.toLowerCase().includes(text.trim().toLowerCase())),
    [all, text]
  );
  const columns = useMemo(() => columnsOf({ from, to }), [from, to]);
  const failure = failureOf(linesData);
  return (
    <div data-testid="dropped-tasks">
      <QueryState
        data={data}
        shown={shown}
        source={dataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={
          all.length === 0 ? (
            <NoneDropped isKnown={evaluationsOf(shown).length > 0} />
          ) : (
            <Nothing title={t('knowledge-base.tasks.no-match.title', 'No task matches')}>
              {t('knowledge-base.tasks.no-match.text', 'There are {{total}} here: shorten what you typed.', {
                total: all.length,
              })}
            </Nothing>
          )
        }
      >
        {failure && (
          <Alert
            severity="warning"
            title={t('knowledge-base.dropped.no-rule', 'By which rule they were dropped could not be read')}
          >
            {explainError(failure, dataSourceName('loki')).title}
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
        {rows.some(({ reason }) => reason && dropsGoodTasks(reason)) && (
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
    <Nothing variant="completed" title={t('knowledge-base.dropped.none.title', 'No task was dropped')}>
      {t('knowledge-base.dropped.none.text', 'All passed the newest evaluation.')}
    </Nothing>
  ) : (
    <Nothing title={t('knowledge-base.dropped.unknown.title', 'No evaluation is known')}>
      {t(
        'knowledge-base.dropped.unknown.text',
        'Either there was none within a week, or the rules of Loki do not run or do not write to this Prometheus.'
      )}
    </Nothing>
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
    cell: ({ row: { original } }: Cell) => <Since seconds={original.began} />,
  },
  {
    id: 'pod',
    header: t('knowledge-base.column.log', 'Log'),
    cell: ({ row: { original } }: Cell) => (
      <AppLink
        href={logsUrl({
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
