import { EVALUATION_TEXTS } from '../sedna/logs/scores';
import { metadataFilters, STREAM_LABELS, type LogLabelNames } from './logLabels';
import { streamSelector } from './logql';
import { escapeRegex, quote, type Matcher } from './text';

/**
 * What evaluations say of their tasks, without colour codes.
 * @throws QueryError where Loki would search everything
 */
export const evaluationLines = (matchers: readonly Matcher[], names: LogLabelNames = STREAM_LABELS): string =>
  // No colour code stands within these texts: they are searched first, which is faster.
  `${streamSelector(matchers, names)}${metadataFilters(matchers, names)}` +
  ` |~ ${quote(EVALUATION_TEXTS.map(escapeRegex).join('|'))} | decolorize`;
