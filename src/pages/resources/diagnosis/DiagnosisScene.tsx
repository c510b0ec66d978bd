import React from 'react';
import {
  dateTimeFormat,
  dateTimeFormatTimeAgo,
  getDefaultTimeRange,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { Trans } from '@grafana/i18n';
import {
  sceneGraph,
  SceneDataNode,
  SceneObjectBase,
  SceneQueryRunner,
  type SceneComponentProps,
  type SceneDataProvider,
  type SceneObjectState,
} from '@grafana/scenes';
import { Alert, Stack, Text } from '@grafana/ui';
import { chooseDataSource } from '../../../platform/dataSources';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { getQueryError } from '../../../data/requests/requestState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { diagnosisLines, DIAGNOSIS_LINES, objectFacts, workerFacts } from '../../../query/diagnosis';
import type { ObjectRef } from '../../../sedna/objectRef';
import { toLogRows } from '../../../data/logs/logRows';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { getCurrentLogLabels, withLogLabels } from '../../../data/logs/detectLogLabels';
import { createInstantRunner, buildLokiQueries, createLokiRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
import { diagnose, judge, toFacts, toLogFacts, type Facts } from '../../../sedna/diagnosis';
import { Findings } from './Findings';
import { JudgementSummary } from './JudgementSummary';
import { SkippedRules } from './SkippedRules';
import { TrainingChecklist } from './TrainingChecklist';
import { t } from '../../../platform/i18n';

interface DiagnosisState extends SceneObjectState {
  ref: ObjectRef;
  /** Log lines that match a signature; never started without Loki, and for kinds without signatures. */
  lines: SceneDataProvider;
}

const isLokiThere = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';

function linesRunner(ref: ObjectRef): SceneDataProvider {
  return diagnosisLines(ref) !== undefined && isLokiThere()
    ? createLokiRunner([])
    : new SceneDataNode({ data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() } });
}

/** Diagnosis of one object, by at most two PromQL queries and one LogQL query. */
export class DiagnosisScene extends SceneObjectBase<DiagnosisState> {
  constructor({ ref }: { ref: ObjectRef }) {
    const workers = workerFacts(ref);
    super({
      ref,
      lines: linesRunner(ref),
      $data: createInstantRunner({ object: objectFacts(ref), ...(workers && { workers }) }),
    });
    this.addActivationHandler(() => {
      const { lines } = this.state;
      const deactivate = lines.activate();
      if (lines instanceof SceneQueryRunner) {
        withLogLabels(() => this.askForLines(lines));
      }
      return deactivate;
    });
  }

  private askForLines(lines: SceneQueryRunner) {
    const expr = diagnosisLines(this.state.ref, undefined, getCurrentLogLabels());
    if (this.isActive && expr !== undefined) {
      lines.setState({ queries: buildLokiQueries([{ refId: 'lines', expr, maxLines: DIAGNOSIS_LINES }]) });
      lines.runQueries();
    }
  }

  static Component = Diagnosis;
}

function factsOf(ref: ObjectRef, data: PanelData | undefined, lines: PanelData | undefined): Facts {
  const { kind, namespace, name } = ref;
  const facts = toFacts({ kind, namespace, name }, [...toRows(data, 'object'), ...toRows(data, 'workers')]);
  const logs = lines && toLogFacts(toLogRows(lines, 'lines'));
  // Newest lines come first: where the limit is reached, older ones are missing.
  const isTruncated = logs !== undefined && logs.length >= DIAGNOSIS_LINES;
  return { ...facts, logs, logsSince: isTruncated ? logs[0].time : lines && lines.timeRange.from.valueOf() / 1000 };
}

function Diagnosis({ model }: SceneComponentProps<DiagnosisScene>) {
  const { ref, lines } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { data: linesData } = lines.useState();
  const request = useQueryRequest(data, { essential: 'object' });
  const shown = request.value;
  const shownLines = useLastGoodData(linesData);
  const now = (shown?.timeRange.to.valueOf() ?? 0) / 1000;
  const facts = factsOf(ref, shown, getQueryError(linesData) ? undefined : shownLines);
  const diagnosis = diagnose(facts, now);
  const areLinesLoading = linesData?.state === LoadingState.Loading && !shownLines;
  const range = sceneGraph.getTimeRange(model).state.value;
  const span = { from: range.from.valueOf(), to: range.to.valueOf() };
  return (
    <QueryState
      request={request}
      source={getDataSourceName('prometheus')}
      isEmpty={facts.exists === false}
      empty={<NoSuchObject objectRef={ref} lastSeen={facts.freshness?.sampled} />}
    >
      <Stack direction="column" gap={2} width="100%">
        <LogsNotice data={linesData} />
        <WorkersNotice missing={shown?.optionalErrors.workers} />
        {areLinesLoading && (
          <Text element="p" color="secondary">
            <Trans i18nKey="diagnosis.lines-loading">Loading log lines. Checks that need them run afterwards.</Trans>
          </Text>
        )}
        <JudgementSummary judgement={judge(facts, now, diagnosis)} />
        <Findings findings={diagnosis.findings} diagnosis={diagnosis} objectRef={ref} span={span} now={now} />
        {facts.condition?.stage === 'Train' && facts.condition.type === 'Waiting' && (
          <TrainingChecklist facts={facts} now={now} />
        )}
        <SkippedRules diagnosis={diagnosis} logsSince={facts.logsSince} />
      </Stack>
    </QueryState>
  );
}

function NoSuchObject({ objectRef, lastSeen }: { objectRef: ObjectRef; lastSeen: number | undefined }) {
  const { kind, namespace, name } = objectRef;
  const interpolation = { escapeValue: false };
  return (
    <EmptyState title={t('diagnosis.none.title', '{{kind}} {{name}} not found', { kind, name, interpolation })}>
      <Text element="p">
        {t(
          'diagnosis.none.text',
          'The namespace {{namespace}} has no such object, although others are collected: it was deleted, never existed, or its kind is not collected.',
          { namespace, interpolation }
        )}
      </Text>
      {lastSeen !== undefined && (
        <Text element="p">
          <span title={dateTimeFormat(lastSeen * 1000)}>
            {t('diagnosis.none.last-seen', 'Last seen {{ago}}', { ago: dateTimeFormatTimeAgo(lastSeen * 1000) })}
          </span>
        </Text>
      )}
    </EmptyState>
  );
}

/** Explains why no log lines were searched. */
function LogsNotice({ data }: { data: PanelData | undefined }) {
  const failure = getQueryError(data);
  if (failure) {
    const { title, action } = describeQueryError(failure, getDataSourceName('loki'));
    return (
      <Alert severity="warning" title={title}>
        {action}
      </Alert>
    );
  }
  return isLokiThere() ? null : (
    <Alert severity="info" title={t('diagnosis.no-loki.title', 'Logs are not included')}>
      {t('diagnosis.no-loki.text', 'You have no Loki data source that you can query, so the checks use metrics only.')}
    </Alert>
  );
}

function WorkersNotice({ missing }: { missing: Parameters<typeof describeQueryError>[0] | undefined }) {
  if (!missing) {
    return null;
  }
  return (
    <Alert severity="warning" title={t('diagnosis.no-workers.title', "Worker pods couldn't be loaded")}>
      {describeQueryError(missing, getDataSourceName('prometheus')).detail}
    </Alert>
  );
}
