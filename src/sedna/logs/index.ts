export { JOIN_RULES, joinedContainers, type JoinRule } from './entries';
export { LEVEL_RULES, LOG_LEVELS, levelOf, stripAnsi, type LevelRule, type LogLevel } from './levels';
export { parseLogLine, SOURCE_PATTERN, type LogFormat, type LogLine } from './formats';
export { INFERENCE_MESSAGES, MESSAGES, scorePattern, SCORES_PER_LINE } from './messages';
export type { InferenceMessage, LogMessage } from './messages';
export { EVALUATION_TEXTS, taskEvaluations, type TaskEvaluation, type TaskScore } from './scores';
export { LOG_STREAMS, TELLING_PHRASES, type LogStream } from './streams';
export { originOf, type LogOrigin } from './origin';
