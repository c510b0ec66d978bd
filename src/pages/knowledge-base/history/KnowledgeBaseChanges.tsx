import React, { useMemo } from 'react';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { ChangeTable } from '../../../panels/history/ChangeTable';
import { toChangeRows } from '../../../panels/history/changes';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { chooseDataSource } from '../../../platform/dataSources';
import { t } from '../../../platform/i18n';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { SkippedLines } from '../../../panels/history/SkippedLines';
import { useKnowledgeBaseJournal } from './useKnowledgeBaseJournal';
import { splitWords } from '../../../sedna/search';

interface Props {
  /** Time range, Unix time in ms. */
  from: number;
  to: number;
  /** Search for tasks and groups. */
  text: string;
}

/** Lists the changes of the knowledge base with their exact times, from the journal. */
export function KnowledgeBaseChanges(props: Props) {
  return chooseDataSource('loki', getCurrentSettings()).state === 'chosen' ? (
    <Changes {...props} />
  ) : (
    <Text element="p" color="secondary">
      {t(
        'knowledge-base.changes.no-loki',
        'Each change of the knowledge base is in the journal, which needs a Loki data source.'
      )}
    </Text>
  );
}

function Changes({ from, to, text }: Props) {
  const { request, loadOlder } = useKnowledgeBaseJournal(from, to);
  const journal = request.value;
  const rows = useMemo(() => {
    const words = splitWords(text);
    const entries = (journal?.entries ?? []).filter(
      (entry) => entry.what === 'knowledge-base' && words.every((word) => entry.key.toLowerCase().includes(word))
    );
    return journal ? toChangeRows(entries, journal.range) : [];
  }, [journal, text]);
  if (!journal) {
    return request.state === 'failed' ? (
      <Alert severity="warning" title={t('history.journal-failed', "The journal couldn't be loaded")}>
        {describeQueryError(request.error, getDataSourceName('loki')).title}
      </Alert>
    ) : (
      <LoadingIndicator source={getDataSourceName('loki')} />
    );
  }
  return (
    <>
      <SkippedLines count={journal.skipped} />
      {rows.length === 0 && (
        <Text element="p" color="secondary">
          {t('knowledge-base.changes.none', 'No changes of the knowledge base found in the journal')}
        </Text>
      )}
      <ChangeTable rows={rows} onLoadOlder={journal.isComplete ? undefined : loadOlder} />
    </>
  );
}
