import React from 'react';
import type { DataQueryError } from '@grafana/data';
import { Alert } from '@grafana/ui';
import { TimeAgoText } from '../../../ui/TimeAgoText';
import { t } from '../../../platform/i18n';

interface Props {
  /** Errors of the queries that the list can do without, by refId. */
  errors?: Readonly<Record<string, DataQueryError>>;
  /** Unix time in seconds of the newest sample, if all samples are stale. */
  staleSince?: number;
}

function formatMissingData(refId: string, { message, data }: DataQueryError): string {
  const values = { error: data?.message ?? message ?? '' };
  switch (refId) {
    case 'states':
      return t('resources.missing.states', 'Stages and conditions: {{error}}', values);
    case 'details':
      return t('resources.missing.details', 'Numbers and phases: {{error}}', values);
    case 'trouble':
      return t(
        'resources.missing.trouble',
        'Failed and waiting worker pods (is:failing and is:stuck find fewer resources): {{error}}',
        values
      );
    default:
      return t('resources.missing.silent', 'Offline nodes: {{error}}', values);
  }
}

/** Warns that parts of the list are missing or outdated. */
export function ResourceListAlerts({ errors = {}, staleSince }: Props) {
  const failed = Object.entries(errors);
  return (
    <>
      {failed.length > 0 && (
        <Alert severity="warning" title={t('resources.missing.title', "Some data couldn't be loaded")}>
          <ul>
            {failed.map(([refId, error]) => (
              <li key={refId}>{formatMissingData(refId, error)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {staleSince !== undefined && (
        <Alert severity="warning" title={t('resources.late.title', 'Data is outdated')}>
          <TimeAgoText seconds={staleSince}>
            {(ago) =>
              t(
                'resources.late.text',
                'Last sample: {{ago}}. Check that kube-state-metrics runs and Prometheus scrapes it.',
                { ago }
              )
            }
          </TimeAgoText>
        </Alert>
      )}
    </>
  );
}
