import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { Trans } from '@grafana/i18n';
import { FilterPill, Stack, Text, useStyles2 } from '@grafana/ui';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { buildLogsUrl, type LinkRange } from '../../../platform/links/links';
import type { ObjectRef } from '../../../sedna/objectRef';
import { findKind, STAGES, type Stage } from '../../../sedna/kinds';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  /** Empty for all stages. */
  stage: Stage | '';
  onSelectStage: (stage: Stage | '') => void;
  /** Time range of the link to the Logs page. */
  searchRange: LinkRange;
  /** Panel of the object's states; undefined for kinds without conditions. */
  timeline: ReactNode;
  /** Panels of the lines. */
  children: ReactNode;
}

/** Shows the stage filter, the link to the Logs page, the states of the object, and the lines. */
export function ResourceLogs({ objectRef, stage, onSelectStage, searchRange, timeline, children }: Props) {
  const styles = useStyles2(getStyles);
  const kind = findKind(objectRef.kind);
  return (
    <Stack direction="column" gap={2} width="100%">
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        {kind?.staged && (
          <div role="group" aria-label={t('resource.logs.stage', 'Stage')}>
            <Stack direction="row" gap={1}>
              <FilterPill
                label={t('resource.logs.all-stages', 'All stages')}
                selected={stage === ''}
                onClick={() => onSelectStage('')}
              />
              {STAGES.map((each) => (
                <FilterPill key={each} label={each} selected={stage === each} onClick={() => onSelectStage(each)} />
              ))}
            </Stack>
          </div>
        )}
        <AppLinkButton
          variant="secondary"
          size="sm"
          icon="search"
          href={buildLogsUrl({
            namespace: objectRef.namespace,
            job: kind?.hasWorkers ? objectRef.name : undefined,
            span: searchRange,
          })}
        >
          {t('resource.logs.search', 'Search by keyword')}
        </AppLinkButton>
      </Stack>
      <Text element="p" color="secondary" variant="bodySmall">
        <Trans i18nKey="resource.logs.about">
          Logs of its pods, and of the global manager (GM) and local controllers (LC) where they mention it. The time
          range of a stage includes 5 extra minutes on both sides, because clocks on edge nodes drift.
        </Trans>
      </Text>
      {timeline && (
        <div className={styles.timeline} data-testid={TEST_IDS.resource.logsTimeline}>
          {timeline}
        </div>
      )}
      {children}
    </Stack>
  );
}

const getStyles = () => ({ timeline: css({ height: 140, display: 'flex', position: 'relative' }) });
