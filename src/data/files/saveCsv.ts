import { AppEvents } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { openDownloadSink } from './downloadSink';
import { t } from '../../platform/i18n';

/**
 * Saves a CSV file, or shows an alert if that fails. Call it in a click handler.
 * @param name file name without extension
 * @param csv records of RFC 4180, header first
 */
export async function saveCsv(name: string, csv: string): Promise<void> {
  try {
    const target = await openDownloadSink({ name, extension: 'csv', mime: 'text/csv' });
    await target?.write(new TextEncoder().encode(csv));
    await target?.finish();
  } catch (reason) {
    getAppEvents().publish({
      type: AppEvents.alertError.name,
      payload: [t('save-csv.failed', "The file couldn't be saved"), String(reason)],
    });
  }
}
