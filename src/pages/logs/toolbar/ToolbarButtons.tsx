import React, { useState } from 'react';
import type { TimeRange } from '@grafana/data';
import { Button } from '@grafana/ui';
import { buildCurrentUrl } from '../../../platform/links/buildCurrentUrl';
import type { PageTimeRange, RangeEnd } from '../pageTimeRange';
import { CopyLinkModal } from './CopyLinkModal';
import { JumpToTimeModal } from './JumpToTimeModal';
import { t } from '../../../platform/i18n';

/** Builds a link to the page whose time range is absolute, so that it shows the same time whenever it is opened. */
const buildPageLink = ({ from, to }: TimeRange): string =>
  buildCurrentUrl({ from: from.valueOf(), to: to.valueOf() }).toString();

interface Props {
  timeRange: PageTimeRange;
  uncopiedLink?: string;
  onSetTimeRange: (from: RangeEnd, to: RangeEnd) => void;
  onCopyLink: (link: string) => void;
  onDismissLink: () => void;
}

/** Buttons that copy a link to the page and jump to a time. Loaded after the rest of the toolbar. */
export function ToolbarButtons({ timeRange, uncopiedLink, onSetTimeRange, onCopyLink, onDismissLink }: Props) {
  const [isJumping, setIsJumping] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon="clock-nine"
        aria-label={t('logs.jump.button', 'Jump to time')}
        tooltip={t('logs.jump.button', 'Jump to time')}
        onClick={() => setIsJumping(true)}
      />
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon="share-alt"
        aria-label={t('logs.link.button', 'Copy link')}
        tooltip={t('logs.link.tooltip', 'Copy a link to this page with an absolute time range')}
        onClick={() => onCopyLink(buildPageLink(timeRange.value))}
      />
      {uncopiedLink !== undefined && <CopyLinkModal link={uncopiedLink} onClose={onDismissLink} />}
      {isJumping && <JumpToTimeModal {...{ timeRange, onSetTimeRange }} onClose={() => setIsJumping(false)} />}
    </>
  );
}
