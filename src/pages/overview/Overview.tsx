import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelData } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { AppLinkButton } from '../../ui/links/AppLinkButton';
import { buildPageUrl } from '../../platform/links/links';
import { isAdministrator } from '../../platform/currentUser';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { useQueryRequest } from '../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { ComponentList } from './ComponentList';
import { JobList } from './JobList';
import { NodeList } from './NodeList';
import { componentRows, jobRows, nodeRows } from './rows';
import { StageTable } from './StageTable';
import { t } from '../../platform/i18n';

/** Shows jobs, nodes, and components, or how to get their metrics into Prometheus. */
export function Overview({ data }: { data: PanelData | undefined }) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const styles = useStyles2(getStyles);
  const jobs = jobRows(shown, (shown?.timeRange.to.valueOf() ?? 0) / 1000);
  const nodes = nodeRows(shown);
  return (
    <QueryState
      request={request}
      source={getDataSourceName('prometheus')}
      isEmpty={jobs.length === 0 && nodes.length === 0}
      empty={
        <EmptyState
          title={t('overview.empty.title', 'No Sedna resources yet')}
          button={
            isAdministrator() && (
              <AppLinkButton href={buildPageUrl('configuration')} variant="secondary" icon="cog">
                <Trans i18nKey="overview.empty.button">Check data source</Trans>
              </AppLinkButton>
            )
          }
        >
          <Trans i18nKey="overview.empty.text">
            Prometheus has no Sedna metrics. Check that it scrapes kube-state-metrics with the Sedna configuration.
          </Trans>
        </EmptyState>
      }
    >
      <div className={styles.grid}>
        <JobList jobs={jobs} />
        <div className={styles.side}>
          <StageTable jobs={jobs} />
          <NodeList nodes={nodes} />
          <ComponentList components={componentRows(shown)} />
        </div>
      </div>
    </QueryState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 4fr)',
    alignItems: 'start',
    width: '100%',
    [theme.breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  side: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(3), minWidth: 0 }),
});
