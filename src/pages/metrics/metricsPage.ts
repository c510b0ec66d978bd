import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { pageUrl, ROUTES } from '../../app/links';
import { pageScene } from '../../scenes/page';
import { MetricsScene } from './MetricsScene';

export const metricsPage = () =>
  new SceneAppPage({
    title: t('metrics.title', 'Metrics'),
    subTitle: t('metrics.subtitle', 'History of any state or number, by component'),
    url: pageUrl('metrics'),
    routePath: ROUTES.metrics,
    getScene: () =>
      pageScene({
        needs: 'prometheus',
        from: 'now-3h',
        body: () => new MetricsScene(),
      }),
  });
