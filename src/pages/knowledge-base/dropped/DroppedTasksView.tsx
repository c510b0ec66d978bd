import React, { useMemo } from 'react';
import type { PanelData, RawTimeRange } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, InteractiveTable, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { getQueryError } from '../../../data/requests/requestState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { toLogRows } from '../../../data/logs/logRows';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { isDroppingGoodTasks } from '../../../sedna/learning/modelState';
import { toEvaluations } from '../evaluations';
import { NoMatchingTasks } from '../NoMatchingTasks';
import { createDroppedTaskColumns } from './columns';
import { parseDropReasons, toDroppedTasks } from './rows';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

const PAGE_SIZE = 20;

interface Props extends Pick<RawTimeRange, 'from' | 'to'> {
  data: PanelData | undefined;
  /** Log lines with the reasons. */
  linesData: PanelData | undefined;
  text: string;
  hasLoki: boolean;
}

/** Shows the dropped tasks with scores and reason. */
export function DroppedTasksView({ data, linesData, text, hasLoki, from, to }: Props) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const shownLines = useLastGoodData(linesData);
  const reasons = useMemo(() => parseDropReasons(toLogRows(shownLines, 'lines')), [shownLines]);
  const all = useMemo(() => toDroppedTasks(shown, reasons), [shown, reasons]);
  const rows = useMemo(
    () => all.filter(({ task }) => task.toLowerCase().includes(text.trim().toLowerCase())),
    [all, text]
  );
  const columns = useMemo(() => createDroppedTaskColumns({ timeRange: { from, to }, hasLoki }), [from, to, hasLoki]);
  const failure = getQueryError(linesData);
  return (
    <div data-testid={TEST_IDS.knowledgeBase.droppedTasks}>
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={
          all.length === 0 ? (
            <NoDroppedTasks hasEvaluations={toEvaluations(shown).length > 0} />
          ) : (
            <NoMatchingTasks total={all.length} />
          )
        }
      >
        {failure && (
          <Alert
            severity="warning"
            title={t('knowledge-base.dropped.no-reasons', "The reasons for dropped tasks couldn't be loaded")}
          >
            {describeQueryError(failure, getDataSourceName('loki')).title}
          </Alert>
        )}
        {!hasLoki && (
          <Alert
            severity="info"
            title={t('knowledge-base.dropped.no-loki', 'The reasons for dropped tasks need a Loki data source')}
          >
            {t(
              'knowledge-base.dropped.no-loki-text',
              'Only logs have the reasons. Add a Loki data source with the logs of evaluation workers.'
            )}
          </Alert>
        )}
        {rows.some(({ reason }) => reason && isDroppingGoodTasks(reason)) && (
          <Alert
            severity="warning"
            title={t('knowledge-base.dropped.good.title', 'Tasks with high scores are dropped')}
          >
            <Trans i18nKey="knowledge-base.dropped.good.text">
              Sedna compares the scores of a task with a threshold and drops the task if all comparisons are true. The
              default, &quot;&gt;&quot; with 0.1, drops good tasks. If higher scores are better, set the environment
              variables operator to &quot;&lt;&quot; and model_threshold in the template of the evaluation worker.
            </Trans>
          </Alert>
        )}
        <Text element="p" variant="bodySmall" color="secondary">
          <Trans i18nKey="knowledge-base.dropped.about">
            From the newest evaluation of each job in the logs of the last week. A dropped task isn&apos;t deployed but
            stays in the knowledge base.
          </Trans>
        </Text>
        <InteractiveTable columns={columns} data={rows} getRowId={({ key }) => key} pageSize={PAGE_SIZE} />
      </QueryState>
    </div>
  );
}

function NoDroppedTasks({ hasEvaluations }: { hasEvaluations: boolean }) {
  return hasEvaluations ? (
    <EmptyState variant="completed" title={t('knowledge-base.dropped.none.title', 'No dropped tasks')}>
      {t('knowledge-base.dropped.none.text', 'All tasks passed the newest evaluation')}
    </EmptyState>
  ) : (
    <EmptyState title={t('knowledge-base.dropped.no-evaluations.title', 'No evaluations found')}>
      {t(
        'knowledge-base.dropped.no-evaluations.text',
        'No job was evaluated in the last week, or Loki has no rules that write to this Prometheus. Check the rules of Loki.'
      )}
    </EmptyState>
  );
}
