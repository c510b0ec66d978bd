import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import { Alert, LinkButton, Text, useStyles2 } from '@grafana/ui';
import { buildMetricsUrl } from '../../platform/links/links';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { QueryState } from '../../ui/feedback/QueryState';
import { getQueryError, useLastGoodData } from '../../data/requests/useLastGoodData';
import {
  MAX_DRAWN_TASKS,
  droppedHistory,
  roundSamplesHistory,
  scoreHistory,
  trainingSamplesHistory,
  unseenSamplesHistory,
} from '../../query/knowledgeBase';
import { useLinkRange } from '../../platform/links/linkRange';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { buildTimeSeriesPanel } from '../../panels/panels';
import { createRangeRunner } from '../../data/requests/queryRunners';

interface HistoryState extends SceneObjectState {
  text: string;
  /** In the order of `DRAWN`. */
  panels: VizPanel[];
  $data: SceneQueryRunner;
}

const DRAWN = ['scores', 'dropped', 'rounds', 'training', 'unseen'] as const;
type Drawn = (typeof DRAWN)[number];

/** After typing has paused for so long (ms), the panels ask anew. */
const PAUSE = 500;

const expressionsOf = (text: string): Record<Drawn, string> => ({
  scores: scoreHistory(text),
  dropped: droppedHistory(),
  rounds: roundSamplesHistory(text),
  training: trainingSamplesHistory(),
  unseen: unseenSamplesHistory(),
});

const titleOf = (drawn: Drawn): string => {
  switch (drawn) {
    case 'scores':
      return t('knowledge-base.history.scores', 'Scores by task, each evaluation a dot');
    case 'dropped':
      return t('knowledge-base.history.dropped', 'Dropped tasks at the newest evaluation, by job');
    case 'rounds':
      return t('knowledge-base.history.rounds', 'Samples of the last round, by task');
    case 'training':
      return t('knowledge-base.history.training', 'New samples for training, by job');
    default:
      return t('knowledge-base.history.unseen', 'Unseen samples at inference, by job');
  }
};

const captionOf = (drawn: Drawn): string => {
  switch (drawn) {
    case 'scores':
      return t(
        'knowledge-base.history.scores-about',
        'From logs: the {{count}} that scored lowest in the newest evaluation, of those whose name has what is typed above. Lines that reach Loki late are missed.',
        { count: MAX_DRAWN_TASKS }
      );
    case 'dropped':
      return t('knowledge-base.history.dropped-about', 'From logs; a number stays until the next evaluation.');
    case 'rounds':
      return t(
        'knowledge-base.history.rounds-about',
        'The {{count}} with the most samples, of those whose name has what is typed above. A step is a new round; jobs that share a task take turns.',
        { count: MAX_DRAWN_TASKS }
      );
    case 'training':
      return t(
        'knowledge-base.history.training-about',
        'As the local controller logs them: only what is new. A round is trained with the sum since the last.'
      );
    default:
      return t(
        'knowledge-base.history.unseen-about',
        'Not recorded by Sedna itself: from custom tables or patterns in logs. By default Sedna tosses a coin for each sample: it means nothing until a job sets unseen_sample_recognition.'
      );
  }
};

/** What the knowledge base and the evaluations looked like over time: five queries in one request. */
export class HistoryScene extends SceneObjectBase<HistoryState> {
  private pause?: ReturnType<typeof setTimeout>;

  constructor() {
    super({
      text: '',
      $data: createRangeRunner(expressionsOf('')),
      panels: DRAWN.map((drawn) =>
        buildTimeSeriesPanel({
          title: titleOf(drawn),
          unit: drawn === 'scores' ? 'none' : 'locale',
          refId: drawn,
          sparse: drawn === 'scores' ? 'dots' : drawn === 'training' ? 'lines' : undefined,
        })
      ),
    });
    this.addActivationHandler(() => () => clearTimeout(this.pause));
  }

  find = (text: string) => {
    const { $data } = this.state;
    const expressions: Record<string, string> = expressionsOf(text);
    this.setState({ text });
    $data.setState({ queries: $data.state.queries.map((query) => ({ ...query, expr: expressions[query.refId] })) });
    clearTimeout(this.pause);
    if (this.isActive) {
      this.pause = setTimeout(() => $data.runQueries(), PAUSE);
    }
  };

  static Component = History;
}

function History({ model }: SceneComponentProps<HistoryScene>) {
  const { panels } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const span = useLinkRange(model);
  const styles = useStyles2(getStyles);
  // One that failed leaves four that are worth a look.
  const failed = new Map((data?.errors ?? []).map((error) => [error.refId, error]));
  const isPartial = failed.size > 0 && failed.size < DRAWN.length;
  const answer = useMemo(
    () => (isPartial && data ? { ...data, error: undefined, errors: undefined } : data),
    [isPartial, data]
  );
  const shown = useLastGoodData(getQueryError(answer) ? undefined : answer);
  return (
    <QueryState data={answer} shown={isPartial ? answer : shown} source={getDataSourceName('prometheus')}>
      <div className={styles.grid} data-testid="knowledge-base-history">
        {DRAWN.map((drawn, index) => {
          const panel = panels[index];
          const failure = failed.get(drawn);
          return (
            <figure key={drawn} className={styles.item}>
              {failure ? (
                <Alert severity="warning" title={titleOf(drawn)}>
                  {describeQueryError(failure, getDataSourceName('prometheus')).title}
                </Alert>
              ) : (
                <div className={styles.panel}>
                  <panel.Component model={panel} />
                </div>
              )}
              <figcaption>
                <Text variant="bodySmall" color="secondary">
                  {captionOf(drawn)}
                </Text>
              </figcaption>
            </figure>
          );
        })}
      </div>
      <div>
        <LinkButton
          variant="secondary"
          icon="graph-bar"
          href={buildMetricsUrl({ metric: 'sedna_knowledge_base_task_samples', span })}
        >
          {t('knowledge-base.history.browser', 'Metric browser')}
        </LinkButton>
      </div>
    </QueryState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(480px, 100%), 1fr))',
  }),
  item: css({ margin: 0, minWidth: 0 }),
  panel: css({ height: 280, display: 'flex', position: 'relative' }),
});
