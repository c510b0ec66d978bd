import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { LoadingState, type GrafanaTheme2, type PanelData } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { Alert, Text, useStyles2 } from '@grafana/ui';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { buildMetricsUrl, type LinkRange } from '../../../platform/links/links';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { QueryState } from '../../../ui/feedback/QueryState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { formatPanelCaption, formatPanelTitle, HISTORY_PANELS } from './panels';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  data: PanelData | undefined;
  /** In the order of `HISTORY_PANELS`. */
  panels: readonly VizPanel[];
  timeRange: LinkRange;
}

/** Shows the panels; one whose query failed is replaced by an error. */
export function HistoryView({ data, panels, timeRange }: Props) {
  const styles = useStyles2(getStyles);
  const errors = new Map((data?.errors ?? []).map((error) => [error.refId, error]));
  // QueryState would hide all panels after one error.
  const isPartial = errors.size > 0 && errors.size < HISTORY_PANELS.length;
  const partial = useMemo(
    () => (isPartial && data ? { ...data, state: LoadingState.Done, error: undefined, errors: undefined } : data),
    [isPartial, data]
  );
  const request = useQueryRequest(partial);
  return (
    <QueryState request={request} source={getDataSourceName('prometheus')}>
      <div className={styles.grid} data-testid={TEST_IDS.knowledgeBase.history}>
        {HISTORY_PANELS.map((each, index) => {
          const panel = panels[index];
          const error = errors.get(each);
          return (
            <figure key={each} className={styles.item}>
              {error ? (
                <Alert severity="warning" title={formatPanelTitle(each)}>
                  {describeQueryError(error, getDataSourceName('prometheus')).title}
                </Alert>
              ) : (
                <div className={styles.panel}>
                  <panel.Component model={panel} />
                </div>
              )}
              <figcaption>
                <Text variant="bodySmall" color="secondary">
                  {formatPanelCaption(each)}
                </Text>
              </figcaption>
            </figure>
          );
        })}
      </div>
      <div>
        <AppLinkButton
          variant="secondary"
          icon="graph-bar"
          href={buildMetricsUrl({ metric: 'sedna_knowledge_base_task_samples', span: timeRange })}
        >
          {t('knowledge-base.history.open-metrics', 'Open in Metrics')}
        </AppLinkButton>
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
