import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LinkButton, useStyles2 } from '@grafana/ui';
import { buildPageUrl } from '../../platform/links/links';
import { isAdministrator } from '../../platform/currentUser';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { offlineReportingNodes } from '../../query/resourceList';
import {
  componentPhase,
  newestCondition,
  nodes,
  lastTransition,
  objectInfo,
  unhealthyWorkers,
} from '../../query/resources';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { AttentionList } from './AttentionList';
import { componentRows, jobRows, nodeRows } from './model';
import { NodeList } from './NodeList';
import { StageTable } from './StageTable';

/** Jobs, nodes and components at a glance: seven queries, and one for the search; a page may send eight. */
export class OverviewScene extends SceneObjectBase<SceneObjectState> {
  constructor(state: SceneObjectState) {
    super({
      ...state,
      $data: createInstantRunner({
        jobs: objectInfo('LifelongLearningJob'),
        condition: newestCondition('LifelongLearningJob'),
        since: lastTransition('LifelongLearningJob'),
        trouble: unhealthyWorkers(),
        silent: offlineReportingNodes(),
        nodes: nodes(),
        components: componentPhase(),
      }),
    });
  }

  static Component = Overview;
}

function Overview({ model }: SceneComponentProps<OverviewScene>) {
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const styles = useStyles2(getStyles);
  const jobs = jobRows(shown, (shown?.timeRange.to.valueOf() ?? 0) / 1000);
  const nodeList = nodeRows(shown);
  return (
    <QueryState
      data={data}
      shown={shown}
      source={getDataSourceName('prometheus')}
      isEmpty={jobs.length === 0 && nodeList.length === 0}
      empty={
        <EmptyState
          title={t('overview.empty.title', 'No Sedna resources here yet')}
          button={
            isAdministrator() && (
              <LinkButton href={buildPageUrl('configuration')} variant="secondary" icon="cog">
                <Trans i18nKey="overview.empty.button">See which data source is used</Trans>
              </LinkButton>
            )
          }
        >
          <Trans i18nKey="overview.empty.text">
            Prometheus answers, but has no series of Sedna. They come from kube-state-metrics with the custom resource
            configuration of this project: see whether Prometheus scrapes it.
          </Trans>
        </EmptyState>
      }
    >
      <div className={styles.grid}>
        <AttentionList jobs={jobs} />
        <div className={styles.side}>
          <StageTable jobs={jobs} />
          <NodeList nodes={nodeList} components={componentRows(shown)} />
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
