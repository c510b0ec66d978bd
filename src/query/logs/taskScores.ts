import { EVALUATION_TEXTS } from '../../sedna/logs/taskScores';
import { buildMetadataFilters, STREAM_LABELS, type LogLabelNames } from './logLabels';
import { buildStreamSelector } from './logql';
import { escapeRegex, quote, type Matcher } from '../escape';

/**
 * Returns the lines of evaluations about their tasks, without color codes.
 * @throws QueryError if Loki would search everything
 */
export const evaluationLines = (matchers: readonly Matcher[], names: LogLabelNames = STREAM_LABELS): string =>
  // These texts contain no color codes, so they are searched first, which is faster.
  `${buildStreamSelector(matchers, names)}${buildMetadataFilters(matchers, names)}` +
  ` |~ ${quote(EVALUATION_TEXTS.map(escapeRegex).join('|'))} | decolorize`;
