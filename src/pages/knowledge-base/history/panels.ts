/** Panels of the history: queries, titles, and captions. */
import type { VizPanel } from '@grafana/scenes';
import {
  MAX_DRAWN_TASKS,
  droppedHistory,
  roundSamplesHistory,
  scoreHistory,
  trainingSamplesHistory,
  unseenSamplesHistory,
} from '../../../query/knowledgeBase';
import { buildTimeSeriesPanel } from '../../../panels/builders';
import { t } from '../../../platform/i18n';

/** In their order on the page; also the refIds of the queries. */
export const HISTORY_PANELS = ['scores', 'dropped', 'rounds', 'training', 'unseen'] as const;
export type HistoryPanel = (typeof HISTORY_PANELS)[number];

/** @param text search for tasks, which applies to the panels by task */
export const buildHistoryQueries = (text: string): Record<HistoryPanel, string> => ({
  scores: scoreHistory(text),
  dropped: droppedHistory(),
  rounds: roundSamplesHistory(text),
  training: trainingSamplesHistory(),
  unseen: unseenSamplesHistory(),
});

export const formatPanelTitle = (panel: HistoryPanel): string => {
  switch (panel) {
    case 'scores':
      return t('knowledge-base.history.scores', 'Scores by task');
    case 'dropped':
      return t('knowledge-base.history.dropped', 'Dropped tasks by job');
    case 'rounds':
      return t('knowledge-base.history.rounds', 'Samples in last round by task');
    case 'training':
      return t('knowledge-base.history.training', 'New training samples by job');
    default:
      return t('knowledge-base.history.unseen', 'Unseen samples by job');
  }
};

export const formatPanelCaption = (panel: HistoryPanel): string => {
  switch (panel) {
    case 'scores':
      return t(
        'knowledge-base.history.scores-caption',
        'From logs, one point for each evaluation. Shows the {{shown}} matching tasks with the lowest scores in the newest evaluation. Log lines that reach Loki late are missing.',
        { shown: MAX_DRAWN_TASKS }
      );
    case 'dropped':
      return t('knowledge-base.history.dropped-caption', 'From logs. A number stays until the next evaluation.');
    case 'rounds':
      return t(
        'knowledge-base.history.rounds-caption',
        'Shows the {{shown}} matching tasks with the most samples. A step is a new round; jobs that share a task alternate.',
        { shown: MAX_DRAWN_TASKS }
      );
    case 'training':
      return t(
        'knowledge-base.history.training-caption',
        'From the logs of the local controller, new samples only. A round trains with all samples since the previous one.'
      );
    default:
      return t(
        'knowledge-base.history.unseen-caption',
        'Not recorded by Sedna itself: from custom tables or patterns in logs. By default, Sedna marks samples as unseen at random: the number means nothing until a job sets unseen_sample_recognition.'
      );
  }
};

export const buildHistoryPanel = (panel: HistoryPanel): VizPanel =>
  buildTimeSeriesPanel({
    title: formatPanelTitle(panel),
    unit: panel === 'scores' ? 'none' : 'locale',
    refId: panel,
    sparse: panel === 'scores' ? 'dots' : panel === 'training' ? 'lines' : undefined,
  });
