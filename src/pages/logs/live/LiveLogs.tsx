import React from 'react';
import { getDefaultTimeRange, LoadingState, type DataFrame } from '@grafana/data';
import {
  SceneDataNode,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type VizPanel,
} from '@grafana/scenes';
import { toLogsFrame, type LogEntry } from '../../../data/logs/lokiApi';
import { buildLogsPanel } from '../../../panels/builders';
import { LiveLogsView } from './LiveLogsView';
import { LogTail, type TailReport, type TailTransport } from './logTail';
import { lokiTransport } from './lokiTransport';

/** Lines on screen. Grafana's panel lays out all of them again for each new line. */
export const MAX_LIVE_LINES = 1_000;

/** Lines shown at the start, so that a quiet pod doesn't look like a broken stream. */
const HISTORY_MS = 300_000;

interface LiveLogsOptions {
  /** LogQL query for lines. */
  expr: string;
  title: string;
  /** Called when the user stops the stream; the page then removes this object. */
  onStop: () => void;
  /** Converts lines, newest first, to the data of the panel. Default: one frame of log lines. */
  toFrames?: (entries: LogEntry[]) => DataFrame[];
  /** Default: Loki through Grafana. */
  transport?: TailTransport;
}

interface LiveLogsState extends SceneObjectState {
  title: string;
  panel: VizPanel;
  /** Absent until activation. */
  report?: TailReport;
  /** Keeps the lines on screen as they are. */
  isPaused: boolean;
  /** Lines received since the pause. */
  pendingLines: number;
}

/** Lines of a query as they arrive. Streams while it is active. */
export class LiveLogs extends SceneObjectBase<LiveLogsState> {
  static Component = LiveLogsComponent;

  private readonly data: SceneDataNode;
  private shown: readonly LogEntry[] = [];
  private receivedBeforePause = 0;
  private tail?: LogTail;

  constructor(private readonly options: LiveLogsOptions) {
    const data = new SceneDataNode();
    const { title } = options;
    super({ title, panel: buildLogsPanel({ title, $data: data }), isPaused: false, pendingLines: 0 });
    this.data = data;
    this.addActivationHandler(() => {
      this.openTail();
      return () => this.closeTail();
    });
  }

  /** Switches to another query and removes the lines of the previous one. */
  follow(expr: string): void {
    if (expr !== this.options.expr) {
      this.options.expr = expr;
      if (this.tail) {
        this.closeTail();
        this.openTail();
      }
    }
  }

  pause = () => {
    if (!this.state.isPaused) {
      this.receivedBeforePause = this.state.report?.received ?? 0;
      this.setState({ isPaused: true, pendingLines: 0 });
    }
  };

  resume = () => {
    this.setState({ isPaused: false, pendingLines: 0 });
    this.showLines();
  };

  clear = () => {
    this.tail?.clear();
    this.resume();
  };

  stop = () => this.options.onStop();

  private openTail(): void {
    const { expr, transport = lokiTransport } = this.options;
    this.setState({ isPaused: false, pendingLines: 0 });
    this.tail = new LogTail({
      transport,
      expr,
      start: Date.now() - HISTORY_MS,
      maxLines: MAX_LIVE_LINES,
      onReport: (report) => this.handleReport(report),
    });
    this.tail.start();
  }

  private closeTail(): void {
    this.tail?.stop();
    this.tail = undefined;
  }

  private handleReport(report: TailReport): void {
    const { isPaused } = this.state;
    this.setState({ report, pendingLines: isPaused ? report.received - this.receivedBeforePause : 0 });
    if (!isPaused) {
      this.showLines();
    }
  }

  private showLines(): void {
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

function LiveLogsComponent({ model }: SceneComponentProps<LiveLogs>) {
  const { panel, report, isPaused, pendingLines } = model.useState();
  return (
    <LiveLogsView
      {...{ panel, report, isPaused, pendingLines }}
      maxLines={MAX_LIVE_LINES}
      onPause={model.pause}
      onResume={model.resume}
      onClear={model.clear}
      onStop={model.stop}
    />
  );
}
