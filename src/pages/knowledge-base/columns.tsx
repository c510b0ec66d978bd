import React, { type ReactNode } from 'react';
import { t } from '@grafana/i18n';
import { Badge, Text, Tooltip, type BadgeColor, type CellProps, type Column } from '@grafana/ui';
import { buildResourceUrl, type LinkRange } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { RelativeTime } from '../../ui/RelativeTime';
import { StaleContent } from '../../ui/feedback/Staleness';
import { maskText } from '../../kubernetes/maskText';
import type { ModelState } from '../../sedna/learning/modelState';
import type { KnowledgeBase } from './bases';
import { fileName, type Evaluation, type TaskRow } from './taskRows';
import { count, notRecorded, scoreText, stateMeaning, stateWord } from './words';

const STATE_COLORS: Record<ModelState, BadgeColor> = {
  lost: 'red',
  endangered: 'orange',
  live: 'green',
  passed: 'blue',
  superseded: 'purple',
  dropped: 'orange',
  unevaluated: 'darkgrey',
};

/** The job that evaluated a task; leads to its page. */
export function JobLink({ of: { kind, namespace, name }, range }: { of: Evaluation; range: LinkRange }) {
  return (
    <AppLink href={buildResourceUrl(kind, namespace, name, undefined, { span: range })}>
      {namespace}/{name}
    </AppLink>
  );
}

/** Scores in few words: `precision_score 0.882`. */
export const Scores = ({ of: { scores } }: { of: Evaluation }) => (
  <>
    {scores.length === 0
      ? notRecorded()
      : scores.map(({ metric, value }) => `${metric} ${scoreText(value)}`).join(', ')}
  </>
);

/** The newest evaluation of a task; those of other jobs, which share it, on demand. */
function Evaluations({ all, range }: { all: readonly Evaluation[]; range: LinkRange }) {
  if (all.length === 0) {
    return <>{notRecorded()}</>;
  }
  const [newest, ...others] = all.map((each) => (
    <div key={`${each.kind}/${each.namespace}/${each.name}`}>
      <JobLink of={each} range={range} />{' '}
      <Text variant="bodySmall" color="secondary">
        <Scores of={each} />
      </Text>
    </div>
  ));
  return (
    <>
      {newest}
      {others.length > 0 && (
        <details>
          <summary>
            <Text variant="bodySmall" color="secondary">
              {t('knowledge-base.tasks.other-jobs', 'Other jobs: {{count}}', { count: others.length })}
            </Text>
          </summary>
          {others}
        </details>
      )}
    </>
  );
}

/** The file of a model, with its whole address on hover. */
export function ModelFile({ url }: { url: string }) {
  return (
    <Tooltip content={maskText(url)}>
      <span>{maskText(fileName(url))}</span>
    </Tooltip>
  );
}

/** Columns of the task table; what the knowledge base is late with is grey. */
export function taskColumns(bases: readonly KnowledgeBase[], range: LinkRange): Array<Column<TaskRow>> {
  const stalenessOf = ({ cluster }: TaskRow) => bases.find((base) => base.cluster === cluster)?.staleness;
  const column = (
    id: string,
    header: string,
    cell: (row: TaskRow) => ReactNode,
    sortType?: 'number' | 'alphanumeric'
  ): Column<TaskRow> => ({
    id,
    header,
    ...(sortType && { sortType }),
    cell: ({ row: { original } }: CellProps<TaskRow>) => (
      <StaleContent staleness={stalenessOf(original) ?? { state: 'fresh' }}>{cell(original)}</StaleContent>
    ),
  });
  const hasClusters = new Set(bases.map(({ cluster }) => cluster)).size > 1;
  return [
    column('task', t('knowledge-base.column.task', 'Task'), ({ task }) => task, 'alphanumeric'),
    ...(hasClusters
      ? [column('cluster', t('knowledge-base.column.cluster', 'Cluster'), ({ cluster }) => cluster)]
      : []),
    column('attributes', t('knowledge-base.column.attributes', 'Attributes'), ({ attributes }) =>
      attributes === '' ? notRecorded() : attributes
    ),
    column(
      'group',
      t('knowledge-base.column.group', 'Group'),
      ({ groups }) => (groups.length === 0 ? notRecorded() : groups.join(', ')),
      'alphanumeric'
    ),
    column('model', t('knowledge-base.column.model', 'Model file'), ({ urls }) =>
      urls.length === 0
        ? notRecorded()
        : urls.map((url) => (
            <div key={url}>
              <ModelFile url={url} />
            </div>
          ))
    ),
    column(
      'state',
      t('knowledge-base.column.state', 'State'),
      ({ state }) => <Badge color={STATE_COLORS[state]} text={stateWord(state)} tooltip={stateMeaning(state)} />,
      'alphanumeric'
    ),
    column('samples', t('knowledge-base.column.samples', 'Samples'), ({ samples }) => count(samples), 'number'),
    column(
      'lastRound',
      t('knowledge-base.column.last-round', 'In its last round'),
      ({ lastRound }) => count(lastRound),
      'number'
    ),
    column(
      'trained',
      t('knowledge-base.column.trained', 'Last trained'),
      ({ trained }) => <RelativeTime seconds={trained} />,
      'number'
    ),
    column('evaluations', t('knowledge-base.column.evaluations', 'Evaluated by'), ({ evaluations }) => (
      <Evaluations all={evaluations} range={range} />
    )),
  ];
}
