import React, { useRef } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { LiveBar } from './LiveBar';
import type { TailReport } from './logTail';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

/** Lines scrolled by less than this, in pixels, still show the newest one. */
const NEWEST_TOLERANCE_PX = 8;

interface Props {
  panel: VizPanel;
  report?: TailReport;
  maxLines: number;
  isPaused: boolean;
  /** Lines received since the pause. */
  pendingLines: number;
  onPause: () => void;
  onResume: () => void;
  onClear: () => void;
  onStop: () => void;
}

/** The panel of live lines below its bar. Pauses when the user scrolls or clicks into the lines. */
export function LiveLogsView({
  panel,
  report,
  maxLines,
  isPaused,
  pendingLines,
  onPause,
  onResume,
  onClear,
  onStop,
}: Props) {
  const styles = useStyles2(getStyles);
  const scrolled = useRef<Element>(undefined);

  const pauseOnScroll = ({ target }: React.UIEvent) => {
    if (target instanceof Element && target.scrollTop > NEWEST_TOLERANCE_PX) {
      scrolled.current = target;
      onPause();
    }
  };
  const jumpToNewest = () => {
    scrolled.current?.scrollTo({ top: 0 });
    onResume();
  };

  return (
    <div className={styles.live} data-testid={TEST_IDS.logs.live}>
      {report && (
        <LiveBar
          {...{ report, maxLines, isPaused, pendingLines, onPause, onClear, onStop }}
          onJumpToNewest={jumpToNewest}
        />
      )}
      {report?.entries.length || isPaused ? (
        // Pause on click as well: an expanded line or selected text must not move.
        <div
          className={styles.lines}
          data-testid={TEST_IDS.logs.liveLines}
          onScrollCapture={pauseOnScroll}
          onPointerDownCapture={onPause}
        >
          <panel.Component model={panel} />
        </div>
      ) : (
        <EmptyState title={t('logs.live.none.title', 'No lines yet')}>
          {t('logs.live.none.text', 'New lines appear here as they arrive')}
        </EmptyState>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  live: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), width: '100%' }),
  lines: css({ height: 'max(420px, 65vh)', position: 'relative' }),
});
