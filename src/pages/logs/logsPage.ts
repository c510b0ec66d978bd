import { SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { createPageScene } from '../../panels/page/createPageScene';
import { LogsScene } from './LogsScene';
import { DEFAULT_SELECTION } from './selection';
import { t } from '../../platform/i18n';

export const logsPage = () =>
  new SceneAppPage({
    title: t('logs.title', 'Logs'),
    subTitle: t('logs.subtitle', 'Search logs by job, pod, and keyword'),
    url: buildPageUrl('logs'),
    routePath: ROUTES.logs,
    getScene: () => createPageScene({ requires: 'loki', refresh: '', body: () => new LogsScene(DEFAULT_SELECTION) }),
  });
