import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { dateTime, dateTimeFormat, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Combobox, Field, Text, useStyles2, type ComboboxOption } from '@grafana/ui';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { chooseDataSource } from '../../platform/dataSources';
import { describeQueryError, type QueryErrorLike } from '../../data/errors/describeQueryError';
import { useRequest } from '../../data/requests/useRequest';
import { getNamespaces } from '../../query/jobRounds';
import { fetchRounds, type RoundsResult } from '../../data/rounds/fetchRounds';
import { fetchLabelValues } from '../../data/labelValues';
import { getDataSourceName } from '../../panels/page/createPageScene';
import type { LogsScene } from './LogsScene';
import { setPageRange } from './pageRange';
import { choiceAt, rangeOfChoice, roundChoices, stageOf, type RoundChoice } from './roundOptions';

const DAY = 24 * 3_600_000;
/** Rounds are looked for at least so far back (ms); where there is none within the first, within the second. */
const LOOK_BACK = [DAY, 30 * DAY] as const;

/** Of the field, in units of the theme. */
const WIDTH = 38;

const KIND = 'LifelongLearningJob';

interface Props {
  model: LogsScene;
}

/**
 * The time range of a round, for jobs that go in rounds. To be made anew for another job. Nothing here matters to the
 * lines: whatever is wrong with Prometheus is said, and is no more than that.
 */
export function RoundField({ model }: Props) {
  return chooseDataSource('prometheus', getCurrentSettings()).state === 'chosen' ? (
    <RoundsOfJob model={model} />
  ) : (
    <Choice note={t('logs.round.no-prometheus', 'Rounds are known where there is a Prometheus data source.')} />
  );
}

function RoundsOfJob({ model }: Props) {
  const { job, namespace } = model.state;
  const found = useRequest(
    useCallback(
      (signal) => fetchLabelValues('prometheus', getNamespaces(KIND, job, namespace), lastDays(), signal),
      [job, namespace]
    )
  );
  if (found.state === 'error') {
    return <Choice note={failureText(found.error)} />;
  }
  // Not known yet, or what is called so is of a kind without rounds.
  if (found.state === 'loading' || found.value.length === 0) {
    return null;
  }
  return found.value.length > 1 ? (
    <Choice note={t('logs.round.namespaces', 'Several namespaces have a job of this name: choose one first.')} />
  ) : (
    <RoundsIn model={model} namespace={found.value[0]} />
  );
}

function lastDays(): TimeRange {
  const to = dateTime();
  const from = dateTime(to.valueOf() - LOOK_BACK[1]);
  return { from, to, raw: { from, to } };
}

const failureText = (error: QueryErrorLike) =>
  t('logs.round.failed', 'No rounds: {{reason}}.', {
    reason: describeQueryError(error, getDataSourceName('prometheus')).title,
    interpolation: { escapeValue: false },
  });

function RoundsIn({ model, namespace }: Props & { namespace: string }) {
  const { job, worker, round } = model.useState();
  const { from, to } = sceneGraph.getTimeRange(model).useState();
  const { ask, asked, failure } = useRounds(model, job, namespace);
  const current = useMemo(
    () => (asked && round !== '' ? choiceAt(roundChoices(asked), round, { from, to }, worker) : undefined),
    [asked, round, from, to, worker]
  );
  useEffect(() => {
    if (round !== '' && !asked && !failure) {
      // A link names it.
      void ask(false);
    } else if (round !== '' && asked && !current) {
      // Whoever changes the time range has left the round.
      model.setState({ round: '' });
    }
  });
  useEffect(() => {
    const subscription = model.subscribeToState((now, before) => {
      if (current && now.worker !== before.worker) {
        setRange(model, current, now.worker);
      }
    });
    return () => subscription.unsubscribe();
  }, [model, current]);

  const options = async (typed: string): Promise<ComboboxOption[]> => {
    const wanted = typed.trim().toLowerCase();
    const all = await ask(wanted === '');
    return all
      .map(({ option }) => option)
      .filter(({ label, description }) => `${label} ${description}`.toLowerCase().includes(wanted));
  };

  return (
    <Choice
      note={failure ? failureText(failure) : noteOf(asked, current, worker)}
      options={options}
      value={current?.option ?? null}
      onChange={({ value }) => {
        const choice = asked && roundChoices(asked).find(({ option }) => option.value === value);
        if (choice) {
          setRange(model, choice, worker);
          model.setState({ round: value });
        }
      }}
    />
  );
}

function setRange(model: LogsScene, choice: RoundChoice, worker: string): void {
  const { from, to } = rangeOfChoice(choice, worker);
  setPageRange(model, from, to);
}

/** Asks for rounds when a list is opened, and keeps the answer for what is typed into it. */
function useRounds(model: LogsScene, name: string, namespace: string) {
  const [asked, setAsked] = useState<RoundsResult>();
  const [failure, setFailure] = useState<QueryErrorLike>();
  const answer = useRef<Promise<RoundChoice[]>>(undefined);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = (leaving.current = new AbortController());
    return () => controller.abort();
  }, []);

  const read = async (): Promise<RoundChoice[]> => {
    const signal = leaving.current?.signal ?? AbortSignal.abort();
    const back = (span: number) => fetchRounds({ kind: KIND, namespace, name }, Date.now() - span, signal);
    try {
      const shown = Date.now() - sceneGraph.getTimeRange(model).state.value.from.valueOf();
      const near = await back(Math.max(LOOK_BACK[0], shown));
      const known = near.rounds.length > 0 || shown >= LOOK_BACK[1] ? near : await back(LOOK_BACK[1]);
      setAsked(known);
      setFailure(undefined);
      return roundChoices(known);
    } catch (error) {
      setFailure(error as QueryErrorLike);
      return [];
    }
  };
  /** @param again whether to ask anew: a round may have begun */
  const ask = (again: boolean): Promise<RoundChoice[]> =>
    again || !answer.current ? (answer.current = read()) : answer.current;
  return { ask, asked, failure };
}

function noteOf(asked: RoundsResult | undefined, chosen: RoundChoice | undefined, worker: string): string | undefined {
  const stage = stageOf(worker);
  if (chosen && stage && !chosen.stages[stage]) {
    return t('logs.round.no-stage', '{{stage}} was not seen in this round: all of it is shown.', { stage });
  }
  if (chosen) {
    return t('logs.round.padded', 'With {{minutes}} minutes on both sides, for clocks of edge nodes drift.', {
      minutes: Math.round(chosen.padding / 60_000),
    });
  }
  if (!asked) {
    return undefined;
  }
  const since = { time: dateTimeFormat(asked.from), interpolation: { escapeValue: false } };
  return asked.rounds.length === 0
    ? t('logs.round.none', 'Prometheus knows of no round since {{time}}.', since)
    : t(
        'logs.round.since',
        'Rounds since {{time}}, from samples: very short ones may be missing. For older ones choose a time range that begins before.',
        since
      );
}

type ChoiceProps =
  | { note: string; options?: undefined; value?: undefined; onChange?: undefined }
  | {
      note: string | undefined;
      options: (typed: string) => Promise<ComboboxOption[]>;
      value: ComboboxOption | null;
      onChange: (option: ComboboxOption) => void;
    };

/** The field; without options it can only say why. */
function Choice({ note, options, value, onChange }: ChoiceProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.all}>
      <Field label={t('logs.round.label', 'Round')} noMargin>
        <Combobox
          id="logs-round"
          width={WIDTH}
          placeholder={t('logs.round.placeholder', 'Any time')}
          disabled={options === undefined}
          options={options ?? []}
          value={value ?? null}
          onChange={(option) => onChange?.(option)}
        />
      </Field>
      {note !== undefined && (
        <div role="status">
          <Text variant="bodySmall" color="secondary">
            {note}
          </Text>
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ all: css({ maxWidth: theme.spacing(WIDTH) }) });
