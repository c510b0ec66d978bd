import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { pageUrl, ROUTES } from '../../app/links';
import { pageScene } from '../../scenes/page';
import { LogsScene } from './LogsScene';
import { NOTHING_SELECTED } from './selection';

export const logsPage = () =>
  new SceneAppPage({
    title: t('logs.title', 'Logs'),
    subTitle: t('logs.subtitle', 'Logs by pod and keyword'),
    url: pageUrl('logs'),
    routePath: ROUTES.logs,
    getScene: () => pageScene({ needs: 'loki', refresh: '', body: () => new LogsScene(NOTHING_SELECTED) }),
  });
