/** Texts of the state of a model. */
import type { ModelState } from '../../../sedna/learning/modelState';
import { t } from '../../../platform/i18n';

export const formatModelState = (state: ModelState): string => {
  switch (state) {
    case 'lost':
      return t('knowledge-base.state.lost', 'Likely lost');
    case 'atRisk':
      return t('knowledge-base.state.at-risk', 'At risk');
    case 'live':
      return t('knowledge-base.state.live', 'Live');
    case 'passed':
      return t('knowledge-base.state.passed', 'Passed, not deployed');
    case 'superseded':
      return t('knowledge-base.state.superseded', 'Superseded');
    case 'dropped':
      return t('knowledge-base.state.dropped', 'Dropped');
    default:
      return t('knowledge-base.state.unevaluated', 'Not evaluated');
  }
};

/** Explains the state in a tooltip. */
export const formatModelStateHelp = (state: ModelState): string => {
  switch (state) {
    case 'lost':
      return t(
        'knowledge-base.state-help.lost',
        'Older than the knowledge base container. A worker has missed a model since; which one is not recorded.'
      );
    case 'atRisk':
      return t(
        'knowledge-base.state-help.at-risk',
        'Older than the knowledge base container. Lost unless the files are on a volume or the task is trained again.'
      );
    case 'live':
      return t('knowledge-base.state-help.live', 'Passed the newest evaluation and was deployed');
    case 'passed':
      return t('knowledge-base.state-help.passed', 'Passed the newest evaluation. Deployment is pending or failed.');
    case 'superseded':
      return t(
        'knowledge-base.state-help.superseded',
        'Trained again since the newest evaluation. This file replaced the older one that runs at the edge.'
      );
    case 'dropped':
      return t('knowledge-base.state-help.dropped', "Didn't pass the newest evaluation");
    default:
      return t('knowledge-base.state-help.unevaluated', 'No evaluation found');
  }
};
