/** Builders of every panel of the app: no other code builds a VizPanel. */
export { buildGraphPanel } from './graph';
export { buildLogsPanel, setLogsSortOrder, type LogsPanelLine, type LogsPanelOptions } from './logs';
export { buildLogVolumePanel, buildVisibleLogVolumePanel } from './logVolume';
export {
  buildStageTimelinePanel,
  buildStateNumbersPanel,
  buildStateTimelinePanel,
  type TimelineLink,
} from './stateTimeline';
export { buildTablePanel } from './table';
export { buildRoundsPanel, buildTimeSeriesPanel, ROUND_FIELD } from './timeSeries';
