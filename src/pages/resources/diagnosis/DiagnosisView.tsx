import React from 'react';
import { dateTimeFormatTimeAgo, LoadingState, type PanelData } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, Stack, Text } from '@grafana/ui';
import { formatTime } from '../../../ui/format/formatTime';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { toLogRows } from '../../../data/logs/logRows';
import { getQueryError } from '../../../data/requests/requestState';
import { mergeObjectHistory } from '../../../data/history/conditionFacts';
import { findLife, type ObjectHistory } from '../../../data/history/objectHistory';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { toRows } from '../../../data/rows';
import { t } from '../../../platform/i18n';
import type { AbsoluteTimeRange } from '../../../platform/links/links';
import { DIAGNOSIS_LINES } from '../../../query/diagnosis';
import { findKind } from '../../../sedna/kinds';
import { diagnose, FAILURE_WINDOWS, judge, toFacts, toLogFacts, type Facts } from '../../../sedna/diagnosis';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useObjectHistory } from '../../../data/history/useObjectHistory';
import { ConditionsSource } from './ConditionsSource';
import { Findings } from './Findings';
import { JudgementSummary } from './JudgementSummary';
import { SkippedRules } from './SkippedRules';
import { TrainingChecklist } from './TrainingChecklist';

function createFacts(ref: ObjectRef, data: PanelData | undefined, lines: PanelData | undefined): Facts {
  const { kind, namespace, name } = ref;
  const facts = toFacts({ kind, namespace, name }, [...toRows(data, 'object'), ...toRows(data, 'workers')]);
  const logs = lines && toLogFacts(toLogRows(lines, 'lines'));
  // Newest lines come first: where the limit is reached, older ones are missing.
  const isTruncated = logs !== undefined && logs.length >= DIAGNOSIS_LINES;
  return { ...facts, logs, logsSince: isTruncated ? logs[0].time : lines && lines.timeRange.from.valueOf() / 1000 };
}

/** As far back as failures are counted. */
const HISTORY_MS = Math.max(...FAILURE_WINDOWS) * 1000;

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  /** Lines that match a signature; not started without Loki. */
  linesData: PanelData | undefined;
  span: AbsoluteTimeRange;
  hasLoki: boolean;
}

/** Shows the judgement of an object, its findings with their evidence, and the checks that were skipped. */
export function DiagnosisView({ objectRef, data, linesData, span, hasLoki }: Props) {
  const request = useQueryRequest(data, { essential: 'object' });
  const shown = request.value;
  const shownLines = useLastGoodData(linesData);
  const now = (shown?.timeRange.to.valueOf() ?? 0) / 1000;
  const isStaged = findKind(objectRef.kind)?.staged === true;
  const { isConfigured, request: historyRequest } = useObjectHistory(
    isStaged ? objectRef : undefined,
    span.to - HISTORY_MS,
    span.to
  );
  const history = historyRequest.value;
  const scraped = createFacts(objectRef, shown, getQueryError(linesData) ? undefined : shownLines);
  const facts = mergeObjectHistory(scraped, history, now);
  const diagnosis = diagnose(facts, now);
  const isHistoryLoading = isConfigured && historyRequest.state === 'loading' && !history;
  const areLinesLoading = linesData?.state === LoadingState.Loading && !shownLines;
  return (
    <QueryState
      request={request}
      source={getDataSourceName('prometheus')}
      isEmpty={facts.exists === false}
      empty={<NoSuchObject objectRef={objectRef} lastSeen={facts.freshness?.sampled} history={history} />}
    >
      <Stack direction="column" gap={2} width="100%">
        <LogsNotice data={linesData} hasLoki={hasLoki} />
        <WorkersNotice missing={shown?.optionalErrors.workers} />
        {areLinesLoading && (
          <Text element="p" color="secondary">
            <Trans i18nKey="diagnosis.lines-loading">Loading log lines. Checks that need them run afterwards.</Trans>
          </Text>
        )}
        {isHistoryLoading && (
          <Text element="p" color="secondary">
            <Trans i18nKey="diagnosis.history-loading">
              Loading the history. Until then, conditions are from scraped metrics.
            </Trans>
          </Text>
        )}
        <JudgementSummary judgement={judge(facts, now, diagnosis)} />
        <Findings findings={diagnosis.findings} diagnosis={diagnosis} objectRef={objectRef} span={span} now={now} />
        {facts.condition?.stage === 'Train' && facts.condition.type === 'Waiting' && (
          <TrainingChecklist facts={facts} now={now} />
        )}
        <SkippedRules diagnosis={diagnosis} logsSince={facts.logsSince} />
        {isStaged && !isHistoryLoading && (
          <ConditionsSource
            history={history}
            isUsed={facts !== scraped}
            isLokiErrorShown={getQueryError(linesData) !== undefined}
          />
        )}
      </Stack>
    </QueryState>
  );
}

interface NoSuchObjectProps {
  objectRef: ObjectRef;
  lastSeen: number | undefined;
  history: ObjectHistory | undefined;
}

function NoSuchObject({ objectRef, lastSeen, history }: NoSuchObjectProps) {
  const { kind, namespace, name } = objectRef;
  const deleted = findLife(history, '')?.deleted;
  if (deleted !== undefined) {
    return (
      <EmptyState title={t('diagnosis.deleted.title', '{{kind}} {{name}} was deleted', { kind, name })}>
        <Text element="p">
          {t('diagnosis.deleted.text', 'It was deleted at {{time}}. The Status tab shows its history.', {
            time: formatTime(deleted * 1000),
          })}
        </Text>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('diagnosis.none.title', '{{kind}} {{name}} not found', { kind, name })}>
      <Text element="p">
        {t(
          'diagnosis.none.text',
          'The namespace {{namespace}} has no such object, although others are collected: it was deleted, never existed, or its kind is not collected.',
          { namespace }
        )}
      </Text>
      {lastSeen !== undefined && (
        <Text element="p">
          <span title={formatTime(lastSeen * 1000)}>
            {t('diagnosis.none.last-seen', 'Last seen {{ago}}', { ago: dateTimeFormatTimeAgo(lastSeen * 1000) })}
          </span>
        </Text>
      )}
    </EmptyState>
  );
}

/** Explains why no log lines were searched. */
function LogsNotice({ data, hasLoki }: { data: PanelData | undefined; hasLoki: boolean }) {
  const failure = getQueryError(data);
  if (failure) {
    const { title, action } = describeQueryError(failure, getDataSourceName('loki'));
    return (
      <Alert severity="warning" title={title}>
        {action}
      </Alert>
    );
  }
  return hasLoki ? null : (
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
