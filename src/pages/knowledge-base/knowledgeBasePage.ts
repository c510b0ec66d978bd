import { SceneAppPage } from '@grafana/scenes';
import { buildPageUrl, ROUTES } from '../../platform/links/links';
import { createPageScene } from '../../panels/page/createPageScene';
import { KnowledgeBaseScene } from './KnowledgeBaseScene';
import { t } from '../../platform/i18n';

export const knowledgeBasePage = () =>
  new SceneAppPage({
    title: t('knowledge-base.title', 'Knowledge base'),
    subTitle: t('knowledge-base.subtitle', 'Tasks, models, and samples of lifelong learning'),
    url: buildPageUrl('knowledge-base'),
    routePath: ROUTES['knowledge-base'],
    getScene: () => createPageScene({ requires: 'prometheus', from: 'now-6h', body: () => new KnowledgeBaseScene() }),
  });
