export { LEVEL_RULES, LOG_LEVELS, levelOf, stripAnsi, type LevelRule, type LogLevel } from './levels';
export { parseLogLine, type LogFormat, type LogLine } from './formats';
export { LOG_STREAMS, TELLING_PHRASES, type LogStream } from './streams';
