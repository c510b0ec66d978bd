import { AppEvents } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getAppEvents } from '@grafana/runtime';
import { openTarget } from '../../../scenes/fileTarget';
import { scoresCsv, type ScoreRow } from './scoreRows';

/** Saves rows as a CSV file, or says why that failed. Call it where a person has just clicked. */
export async function saveScores(rows: readonly ScoreRow[]): Promise<void> {
  try {
    const target = await openTarget({ name: 'sedna-task-scores', extension: 'csv', mime: 'text/csv' });
    await target?.write(new TextEncoder().encode(scoresCsv(rows)));
    await target?.finish();
  } catch (reason) {
    getAppEvents().publish({
      type: AppEvents.alertError.name,
      payload: [t('logs.scores.not-saved', 'The scores could not be saved'), String(reason)],
    });
  }
}
