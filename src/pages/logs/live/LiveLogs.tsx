import React, { useRef } from 'react';
import { css } from '@emotion/css';
import { getDefaultTimeRange, LoadingState, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  SceneDataNode,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type VizPanel,
} from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { toLogsFrame, type LogEntry } from '../../../data/logs/lokiApi';
import { buildLogsPanel } from '../../../panels/panels';
import { LiveBar } from './LiveBar';
import { LogTail, type TailReport, type TailWay } from './logTail';
import { lokiWay } from './lokiWay';

/** Lines on the screen at most; Grafana's panel lays all of them out anew whenever one is added. */
export const KEPT_LINES = 1_000;

/** Lines of the last minutes stand there at once, so that a quiet pod does not look like a broken stream. */
const HISTORY_MS = 300_000;

/** Lines scrolled less than this, in pixels, are still at the newest. */
const AT_NEWEST = 8;

interface LiveLogsOptions {
  /** LogQL query for lines. */
  expr: string;
  title: string;
  /** Called when the person ends it; the page then takes this object away. */
  onStop: () => void;
  /** From lines, the newest first, to what the panel shows; Grafana's own frame of log lines unless told. */
  toFrames?: (entries: LogEntry[]) => DataFrame[];
  /** Loki through Grafana unless told. */
  way?: TailWay;
}

interface LiveLogsState extends SceneObjectState {
  title: string;
  panel: VizPanel;
  /** Absent until it is followed. */
  report?: TailReport;
  /** What is on the screen stays as it is. */
  isPaused: boolean;
  /** Lines that came since it was paused. */
  waiting: number;
}

/** Lines of a query as they come. Follows while it is on the screen. */
export class LiveLogs extends SceneObjectBase<LiveLogsState> {
  static Component = Live;

  private readonly data: SceneDataNode;
  private shown: readonly LogEntry[] = [];
  private receivedWhenPaused = 0;
  private tail?: LogTail;

  constructor(private readonly options: LiveLogsOptions) {
    const data = new SceneDataNode();
    const { title } = options;
    super({ title, panel: buildLogsPanel({ title, $data: data }), isPaused: false, waiting: 0 });
    this.data = data;
    this.addActivationHandler(() => {
      this.open();
      return () => this.close();
    });
  }

  /** Follows another query from now on; the lines of the one before go. */
  follow(expr: string): void {
    if (expr !== this.options.expr) {
      this.options.expr = expr;
      if (this.tail) {
        this.close();
        this.open();
      }
    }
  }

  pause = () => {
    if (!this.state.isPaused) {
      this.receivedWhenPaused = this.state.report?.received ?? 0;
      this.setState({ isPaused: true, waiting: 0 });
    }
  };

  resume = () => {
    this.setState({ isPaused: false, waiting: 0 });
    this.show();
  };

  clear = () => {
    this.tail?.clear();
    this.resume();
  };

  stop = () => this.options.onStop();

  private open(): void {
    const { expr, way = lokiWay } = this.options;
    this.setState({ isPaused: false, waiting: 0 });
    this.tail = new LogTail({
      way,
      expr,
      start: Date.now() - HISTORY_MS,
      keep: KEPT_LINES,
      onReport: (report) => this.take(report),
    });
    this.tail.start();
  }

  private close(): void {
    this.tail?.stop();
    this.tail = undefined;
  }

  private take(report: TailReport): void {
    const { isPaused } = this.state;
    this.setState({ report, waiting: isPaused ? report.received - this.receivedWhenPaused : 0 });
    if (!isPaused) {
      this.show();
    }
  }

  private show(): void {
    const entries = this.state.report?.entries ?? [];
    if (entries !== this.shown) {
      this.shown = entries;
      const { toFrames = (lines) => [toLogsFrame(lines, 'live')] } = this.options;
      this.data.setState({
        data: { state: LoadingState.Done, series: toFrames([...entries]), timeRange: getDefaultTimeRange() },
      });
    }
  }
}

function Live({ model }: SceneComponentProps<LiveLogs>) {
  const { panel, report, isPaused, waiting } = model.useState();
  const styles = useStyles2(getStyles);
  const scrolled = useRef<Element>(undefined);

  const onScroll = ({ target }: React.UIEvent) => {
    if (target instanceof Element && target.scrollTop > AT_NEWEST) {
      scrolled.current = target;
      model.pause();
    }
  };
  const toNewest = () => {
    scrolled.current?.scrollTo({ top: 0 });
    model.resume();
  };

  return (
    <div className={styles.live} data-testid="live-logs">
      {report && (
        <LiveBar
          report={report}
          keep={KEPT_LINES}
          isPaused={isPaused}
          waiting={waiting}
          onPause={model.pause}
          onResume={toNewest}
          onClear={model.clear}
          onStop={model.stop}
        />
      )}
      {report?.entries.length || isPaused ? (
        // A line that is opened, or text that is marked, must not move either.
        <div
          className={styles.lines}
          data-testid="live-lines"
          onScrollCapture={onScroll}
          onPointerDownCapture={model.pause}
        >
          <panel.Component model={panel} />
        </div>
      ) : (
        <EmptyState title={t('logs.live.none.title', 'No line yet')}>
          {t('logs.live.none.text', 'Lines stand here as soon as they come.')}
        </EmptyState>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  live: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), width: '100%' }),
  lines: css({ height: 'max(420px, 65vh)', position: 'relative' }),
});
