/** Words and numbers that the parts of the page share. */
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { ModelState } from '../../sedna/learning/modelState';

export const notRecorded = () => t('since.unknown', 'not recorded');

export const count = (value: number | undefined): string =>
  value === undefined ? notRecorded() : formattedValueToString(getValueFormat('locale')(value, 0));

/** A score as it is, without digits that only rounding made. */
export const scoreText = (value: number): string => formattedValueToString(getValueFormat('none')(value, 3));

export const stateWord = (state: ModelState): string => {
  switch (state) {
    case 'lost':
      return t('knowledge-base.state.lost', 'likely lost');
    case 'endangered':
      return t('knowledge-base.state.endangered', 'may be lost');
    case 'live':
      return t('knowledge-base.state.live', 'live');
    case 'passed':
      return t('knowledge-base.state.passed', 'passed, not deployed');
    case 'superseded':
      return t('knowledge-base.state.superseded', 'live one superseded');
    case 'dropped':
      return t('knowledge-base.state.dropped', 'dropped');
    default:
      return t('knowledge-base.state.unevaluated', 'not evaluated');
  }
};

export const stateMeaning = (state: ModelState): string => {
  switch (state) {
    case 'lost':
      return t(
        'knowledge-base.state.lost-meaning',
        'Older than the container of the knowledge base, and a worker has missed a model since; which one is not recorded.'
      );
    case 'endangered':
      return t(
        'knowledge-base.state.endangered-meaning',
        'Older than the container of the knowledge base: gone, unless files are on a volume or the task is trained again.'
      );
    case 'live':
      return t('knowledge-base.state.live-meaning', 'Passed the newest evaluation and was deployed.');
    case 'passed':
      return t('knowledge-base.state.passed-meaning', 'Passed; the deployment waits or failed.');
    case 'superseded':
      return t(
        'knowledge-base.state.superseded-meaning',
        'Trained again since the newest evaluation: this file replaced the older one that runs at the edge.'
      );
    case 'dropped':
      return t('knowledge-base.state.dropped-meaning', 'Did not pass the newest evaluation.');
    default:
      return t('knowledge-base.state.unevaluated-meaning', 'No evaluation of it is known.');
  }
};

/** Weight of a task in its group, from 0 to 1. */
export const weightText = (value: number): string => formattedValueToString(getValueFormat('none')(value, 3));
