import React, { useCallback, useEffect, useMemo, useRef } from 'react';
import { dateTime, dateTimeFormat, type TimeRange } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import type { ComboboxOption } from '@grafana/ui';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { chooseDataSource } from '../../../platform/dataSources';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { useRequest } from '../../../data/requests/useRequest';
import { getNamespaces } from '../../../query/jobRounds';
import type { RoundsResult } from '../../../data/rounds/fetchRounds';
import { fetchLabelValues } from '../../../data/labelValues';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import type { PageTimeRange, RangeEnd } from '../pageTimeRange';
import { RoundCombobox } from './RoundCombobox';
import { findRoundOption, getRoundTimeRange, getStage, toRoundOptions, type RoundOption } from './roundOptions';
import { LOOKBACK_MS, useRounds } from './useRounds';
import { t } from '../../../platform/i18n';
import { KINDS, type KindName } from '../../../sedna/kinds';
import type { ObjectRef } from '../../../sedna/objectRef';

interface Props {
  namespace: string;
  job: string;
  worker: string;
  /** Start of the selected round (Unix, ms); empty if none is. */
  round: string;
  timeRange: PageTimeRange;
  onSelectRound: (round: string, range?: { from: RangeEnd; to: RangeEnd }) => void;
}

/**
 * Sets the time range to a round of a job with stages. Must be remounted for another job. The search for lines
 * doesn't depend on it: errors of Prometheus only show in its note.
 */
export function RoundField(props: Props) {
  return chooseDataSource('prometheus', getCurrentSettings()).state === 'chosen' ? (
    <RoundsOfJob {...props} />
  ) : (
    <RoundCombobox note={t('logs.round.no-prometheus', 'Rounds require a Prometheus data source')} />
  );
}

const STAGED_KINDS = KINDS.filter(({ staged }) => staged).map(({ kind }) => kind);

/** Finds the jobs with stages that have, or had, a name. */
async function findJobs(name: string, namespace: string, signal: AbortSignal): Promise<ObjectRef[]> {
  const range = getLookbackRange();
  const fetchJobs = async (kind: KindName): Promise<ObjectRef[]> => {
    const namespaces = await fetchLabelValues('prometheus', getNamespaces(kind, name, namespace), range, signal);
    return namespaces.map((found) => ({ kind, namespace: found, name }));
  };
  return (await Promise.all(STAGED_KINDS.map(fetchJobs))).flat();
}

function RoundsOfJob(props: Props) {
  const { job, namespace } = props;
  const request = useRequest(useCallback((signal) => findJobs(job, namespace, signal), [job, namespace]));
  if (request.state === 'failed') {
    return <RoundCombobox note={formatError(request.error)} />;
  }
  // Without a namespace, the name is that of a job without rounds.
  if (request.state === 'loading' || request.value.length === 0) {
    return null;
  }
  const [ref, ...others] = request.value;
  if (others.some((other) => other.namespace !== ref.namespace)) {
    return (
      <RoundCombobox
        note={t('logs.round.namespaces', 'Several namespaces have a job with this name. Select a namespace first.')}
      />
    );
  }
  return others.length > 0 ? (
    <RoundCombobox
      note={t(
        'logs.round.kinds',
        'Jobs of several kinds have this name. To select a round, open the Status tab of the job.'
      )}
    />
  ) : (
    <RoundsOfRef {...props} objectRef={ref} />
  );
}

function getLookbackRange(): TimeRange {
  const to = dateTime();
  const from = dateTime(to.valueOf() - LOOKBACK_MS[1]);
  return { from, to, raw: { from, to } };
}

const formatError = (error: QueryErrorLike) =>
  t('logs.round.failed', "Couldn't load rounds: {{reason}}", {
    reason: describeQueryError(error, getDataSourceName('prometheus')).title,
  });

function RoundsOfRef({ objectRef, worker, round, timeRange, onSelectRound }: Props & { objectRef: ObjectRef }) {
  const { timeZone, value: absolute } = timeRange;
  const { from, to } = timeRange.written;
  const { loadRounds, rounds, error } = useRounds(objectRef, {
    from: absolute.from.valueOf(),
    to: absolute.to.valueOf(),
  });
  const options = useMemo(() => rounds && toRoundOptions(rounds, timeZone), [rounds, timeZone]);
  const selected = useMemo(
    () => (options && round !== '' ? findRoundOption(options, round, { from, to }, worker) : undefined),
    [options, round, from, to, worker]
  );
  const last = useRef({ selected, worker, from, to });
  useEffect(() => {
    const before = last.current;
    last.current = { selected, worker, from, to };
    if (before.selected && before.worker !== worker && before.from === from && before.to === to) {
      // Move the time range to the new stage. The round stays selected although its range doesn't match until then.
      onSelectRound(round, getRoundTimeRange(before.selected, worker));
    } else if (round !== '' && !rounds && !error) {
      // The round comes from the URL.
      void loadRounds(false);
    } else if (round !== '' && rounds && !selected) {
      // The user has selected another time range.
      onSelectRound('');
    }
  });

  const fetchOptions = async (typed: string): Promise<ComboboxOption[]> => {
    const text = typed.trim().toLowerCase();
    const fetched = await loadRounds(text === '');
    return (fetched ? toRoundOptions(fetched, timeZone) : [])
      .map(({ option }) => option)
      .filter(({ label, description }) => `${label} ${description}`.toLowerCase().includes(text));
  };

  return (
    <RoundCombobox
      note={error ? formatError(error) : formatNote(rounds, selected, worker, timeZone)}
      options={fetchOptions}
      value={selected?.option ?? null}
      onChange={({ value }) => {
        const found = options?.find(({ option }) => option.value === value);
        if (found) {
          onSelectRound(value, getRoundTimeRange(found, worker));
        }
      }}
    />
  );
}

function formatNote(
  results: readonly RoundsResult[] | undefined,
  selected: RoundOption | undefined,
  worker: string,
  timeZone: TimeZone
): string | undefined {
  const stage = getStage(worker);
  if (selected && stage && !selected.stages[stage]) {
    return t('logs.round.no-stage', '{{stage}} not found in this round. Showing the whole round.', { stage });
  }
  if (selected) {
    const minutes = Math.round(selected.paddingMs / 60_000);
    return t(
      'logs.round.padded',
      'Includes {{count}} minutes before and after the round, because the clocks of edge nodes may differ',
      {
        count: minutes,
        defaultValue_one:
          'Includes {{count}} minute before and after the round, because the clocks of edge nodes may differ',
      }
    );
  }
  if (!results || results.length === 0) {
    return undefined;
  }
  const [newest] = results;
  const since = { time: dateTimeFormat(newest.from, { timeZone }) };
  if (results.every(({ rounds }) => rounds.length === 0)) {
    return t('logs.round.none', 'No rounds found since {{time}}', since);
  }
  if (newest.isTruncated) {
    return t(
      'logs.round.since-truncated',
      'All rounds since {{time}}, and those before the end of the selected time range, with exact times. To list others, select an earlier time range.',
      since
    );
  }
  return newest.isExact
    ? t(
        'logs.round.since-exact',
        'Rounds since {{time}}, with exact times. To find older rounds, select a time range that starts earlier.',
        since
      )
    : t(
        'logs.round.since',
        'Rounds since {{time}}, from scraped metrics: short rounds may be missing. To find older rounds, select a time range that starts earlier.',
        since
      );
}
