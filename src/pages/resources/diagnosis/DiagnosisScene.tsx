import React, { useMemo } from 'react';
import { getDefaultTimeRange, LoadingState, type PanelData } from '@grafana/data';
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
import { Alert, Stack, Text } from '@grafana/ui';
import { chooseDataSource } from '../../../app/dataSources';
import { currentSettings } from '../../../app/currentSettings';
import { explainError } from '../../../components/explainError';
import { Nothing } from '../../../components/Nothing';
import { QueryState } from '../../../components/QueryState';
import { Since } from '../../../components/Since';
import { tolerate } from '../../../components/tolerate';
import { failureOf, useLastAnswer } from '../../../components/useLastAnswer';
import { diagnosisLines, DIAGNOSIS_LINES, objectFacts, workerFacts } from '../../../query/diagnosis';
import type { ObjectRef } from '../../../query/resources';
import { logRowsOf } from '../../../scenes/logRows';
import { dataSourceName } from '../../../scenes/page';
import { currentLogLabels, withLogLabels } from '../../../scenes/logLabels';
import { instantRunner, lokiQueries, lokiRunner } from '../../../scenes/queries';
import { rowsOf } from '../../../scenes/rows';
import { diagnose, factsFromRows, logFactsOf, type Facts } from '../../../sedna/diagnosis';
import { Findings } from './Findings';
import { NotJudged } from './NotJudged';
import { WaitingChecklist } from './WaitingChecklist';

interface DiagnosisState extends SceneObjectState {
  ref: ObjectRef;
  /** Lines that tell the rules something; where Loki is not there or no line tells of the kind, it never starts. */
  lines: SceneDataProvider;
}

const isLokiThere = () => chooseDataSource('loki', currentSettings()).state === 'chosen';

function linesRunner(ref: ObjectRef): SceneDataProvider {
  return diagnosisLines(ref) !== undefined && isLokiThere()
    ? lokiRunner([])
    : new SceneDataNode({ data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() } });
}

/** Why an object waits, loops or hangs: two PromQL queries and one LogQL query at most. */
export class DiagnosisScene extends SceneObjectBase<DiagnosisState> {
  constructor({ ref }: { ref: ObjectRef }) {
    const workers = workerFacts(ref);
    super({
      ref,
      lines: linesRunner(ref),
      $data: instantRunner({ object: objectFacts(ref), ...(workers && { workers }) }),
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
    const expr = diagnosisLines(this.state.ref, undefined, currentLogLabels());
    if (this.isActive && expr !== undefined) {
      lines.setState({ queries: lokiQueries([{ refId: 'lines', expr, maxLines: DIAGNOSIS_LINES }]) });
      lines.runQueries();
    }
  }

  static Component = Diagnosis;
}

function factsOf(ref: ObjectRef, data: PanelData | undefined, lines: PanelData | undefined): Facts {
  const { kind, namespace, name } = ref;
  const facts = factsFromRows({ kind, namespace, name }, [...rowsOf(data, 'object'), ...rowsOf(data, 'workers')]);
  const logs = lines && logFactsOf(logRowsOf(lines, 'lines'));
  // The newest lines are what is asked for: where there are as many as may be, older ones were left out.
  const isCut = logs !== undefined && logs.length >= DIAGNOSIS_LINES;
  return { ...facts, logs, logsSince: isCut ? logs[0].time : lines && lines.timeRange.from.valueOf() / 1000 };
}

function Diagnosis({ model }: SceneComponentProps<DiagnosisScene>) {
  const { ref, lines } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { data: linesData } = lines.useState();
  const answer = useMemo(() => tolerate(data, 'object'), [data]);
  const shown = useLastAnswer(answer);
  const shownLines = useLastAnswer(linesData);
  const now = (shown?.timeRange.to.valueOf() ?? 0) / 1000;
  const facts = factsOf(ref, shown, failureOf(linesData) ? undefined : shownLines);
  const diagnosis = diagnose(facts, now);
  const areLinesAwaited = linesData?.state === LoadingState.Loading && !shownLines;
  const range = sceneGraph.getTimeRange(model).state.value;
  const span = { from: range.from.valueOf(), to: range.to.valueOf() };
  return (
    <QueryState
      data={answer}
      shown={shown}
      source={dataSourceName('prometheus')}
      isEmpty={facts.exists === false}
      empty={<NoSuchObject objectRef={ref} lastSeen={facts.freshness?.sampled} />}
    >
      <Stack direction="column" gap={2} width="100%">
        <LogsNotice data={linesData} />
        <WorkersNotice missing={shown?.missing.workers} />
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
    <Nothing title={t('diagnosis.none.title', 'There is no {{kind}} {{name}} now', { kind, name, interpolation })}>
      <Text element="p">
        {t(
          'diagnosis.none.text',
          'Others are collected; one of this name is not among those of the namespace {{namespace}}: it was deleted, or never there, or its kind is not collected.',
          { namespace, interpolation }
        )}
      </Text>
      {lastSeen !== undefined && (
        <Text element="p">
          {t('diagnosis.none.last-seen', 'It was last seen:')} <Since seconds={lastSeen} />
        </Text>
      )}
    </Nothing>
  );
}

/** Says why no line was looked at. */
function LogsNotice({ data }: { data: PanelData | undefined }) {
  const failure = failureOf(data);
  if (failure) {
    const { title, action } = explainError(failure, dataSourceName('loki'));
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

function WorkersNotice({ missing }: { missing: Parameters<typeof explainError>[0] | undefined }) {
  if (!missing) {
    return null;
  }
  return (
    <Alert severity="warning" title={t('diagnosis.no-workers.title', 'The worker pods could not be read')}>
      {explainError(missing, dataSourceName('prometheus')).detail}
    </Alert>
  );
}
