export { MULTILINE_RULES, getMultilineContainers, type MultilineRule } from './multilineRules';
export { LEVEL_RULES, LOG_LEVELS, parseLevel, stripAnsi, type LevelRule, type LogLevel } from './logLevels';
export { parseLogLine, SOURCE_PATTERN, type LogLine } from './logFormats';
// Messages and scores are left out, because the first page doesn't need them.
export { LOG_STREAMS, ERROR_PHRASES, type LogStream } from './logStreams';
export { LOG_LABEL_SCHEMES, parseLogOrigin, type LogLabelScheme, type LogOrigin } from './logOrigin';
