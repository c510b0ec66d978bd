import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { pageUrl, ROUTES } from '../../app/links';
import { pageScene } from '../../scenes/page';
import { KnowledgeBaseScene } from './KnowledgeBaseScene';

export const knowledgeBasePage = () =>
  new SceneAppPage({
    title: t('knowledge-base.title', 'Knowledge base'),
    subTitle: t('knowledge-base.subtitle', 'What lifelong learning has learned, and whether it is still there'),
    url: pageUrl('knowledge-base'),
    routePath: ROUTES['knowledge-base'],
    getScene: () => pageScene({ needs: 'prometheus', from: 'now-6h', body: () => new KnowledgeBaseScene() }),
  });
