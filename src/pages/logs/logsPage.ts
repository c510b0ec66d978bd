import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { createPageScene } from '../../panels/page/createPageScene';
import { LogsScene } from './LogsScene';
import { NOTHING_SELECTED } from './selection';

export const logsPage = () =>
  new SceneAppPage({
    title: t('logs.title', 'Logs'),
    subTitle: t('logs.subtitle', 'Logs by pod and keyword'),
    url: buildPageUrl('logs'),
    routePath: ROUTES.logs,
    getScene: () => createPageScene({ requires: 'loki', refresh: '', body: () => new LogsScene(NOTHING_SELECTED) }),
  });
