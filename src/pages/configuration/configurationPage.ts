import { EmbeddedScene, SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { ConfigurationScene } from './ConfigurationScene';
import { t } from '../../platform/i18n';

export const configurationPage = () =>
  new SceneAppPage({
    title: t('configuration.title', 'Configuration'),
    subTitle: t('configuration.subtitle', 'Data sources, log labels, and Kubernetes connection'),
    url: buildPageUrl('configuration'),
    routePath: ROUTES.configuration,
    getScene: () => new EmbeddedScene({ body: new ConfigurationScene({}) }),
  });
