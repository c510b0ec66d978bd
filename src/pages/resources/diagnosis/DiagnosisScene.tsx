import React from 'react';
import { getDefaultTimeRange, LoadingState, type PanelData } from '@grafana/data';
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
import { RelativeTime } from '../../../ui/RelativeTime';
import { getQueryError } from '../../../data/requests/requestState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { diagnosisLines, DIAGNOSIS_LINES, objectFacts, workerFacts } from '../../../query/diagnosis';
import type { ObjectRef } from '../../../query/resources';
import { toLogRows } from '../../../data/logs/logRows';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { getCurrentLogLabels, withLogLabels } from '../../../data/logs/detectLogLabels';
import { createInstantRunner, buildLokiQueries, createLokiRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
import { diagnose, toFacts, toLogFacts, type Facts } from '../../../sedna/diagnosis';
import { Findings } from './Findings';
import { NotJudged } from './NotJudged';
import { WaitingChecklist } from './WaitingChecklist';
import { t } from '../../../platform/i18n';

interface DiagnosisState extends SceneObjectState {
  ref: ObjectRef;
  /** Lines that tell the rules something; where Loki is not there or no line tells of the kind, it never starts. */
  lines: SceneDataProvider;
}

const isLokiThere = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';

function linesRunner(ref: ObjectRef): SceneDataProvider {
  return diagnosisLines(ref) !== undefined && isLokiThere()
    ? createLokiRunner([])
    : new SceneDataNode({ data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() } });
}

/** Why an object waits, loops or hangs: two PromQL queries and one LogQL query at most. */
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
  // The newest lines are what is asked for: where there are as many as may be, older ones were left out.
  const isCut = logs !== undefined && logs.length >= DIAGNOSIS_LINES;
  return { ...facts, logs, logsSince: isCut ? logs[0].time : lines && lines.timeRange.from.valueOf() / 1000 };
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
  const areLinesAwaited = linesData?.state === LoadingState.Loading && !shownLines;
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
        {areLinesAwaited && (
          <Text element="p" color="secondary">
            <Trans i18nKey="diagnosis.lines-awaited">
              Log lines are awaited; rules that need them judge once they are there.
            </Trans>
          </Text>
        )}
        <Findings findings={diagnosis.findings} diagnosis={diagnosis} objectRef={ref} span={span} now={now} />
        {facts.condition?.stage === 'Train' && facts.condition.type === 'Waiting' && (
          <WaitingChecklist facts={facts} now={now} />
        )}
        <NotJudged diagnosis={diagnosis} logsSince={facts.logsSince} />
      </Stack>
    </QueryState>
  );
}

function NoSuchObject({ objectRef, lastSeen }: { objectRef: ObjectRef; lastSeen: number | undefined }) {
  const { kind, namespace, name } = objectRef;
  const interpolation = { escapeValue: false };
  return (
    <EmptyState title={t('diagnosis.none.title', 'There is no {{kind}} {{name}} now', { kind, name, interpolation })}>
      <Text element="p">
        {t(
          'diagnosis.none.text',
          'Others are collected; one of this name is not among those of the namespace {{namespace}}: it was deleted, or never there, or its kind is not collected.',
          { namespace, interpolation }
        )}
      </Text>
      {lastSeen !== undefined && (
        <Text element="p">
          {t('diagnosis.none.last-seen', 'It was last seen:')} <RelativeTime seconds={lastSeen} />
        </Text>
      )}
    </EmptyState>
  );
}

/** Says why no line was looked at. */
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
    <Alert severity="info" title={t('diagnosis.no-loki.title', 'No logs are looked at')}>
      {t('diagnosis.no-loki.text', 'There is no Loki data source that you may query: rules go by metrics alone.')}
    </Alert>
  );
}

function WorkersNotice({ missing }: { missing: Parameters<typeof describeQueryError>[0] | undefined }) {
  if (!missing) {
    return null;
  }
  return (
    <Alert severity="warning" title={t('diagnosis.no-workers.title', 'The worker pods could not be read')}>
      {describeQueryError(missing, getDataSourceName('prometheus')).detail}
    </Alert>
  );
}
