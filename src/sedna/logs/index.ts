export { JOIN_RULES, joinedContainers, type JoinRule } from './entries';
export { LEVEL_RULES, LOG_LEVELS, levelOf, stripAnsi, type LevelRule, type LogLevel } from './levels';
export { parseLogLine, SOURCE_PATTERN, type LogFormat, type LogLine } from './formats';
// Not messages and scores: the first page needs none of them.
export { LOG_STREAMS, TELLING_PHRASES, type LogStream } from './streams';
export { originOf, type LogOrigin } from './origin';
