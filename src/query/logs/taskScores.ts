import { EVALUATION_TEXTS } from '../../sedna/logs/taskScores';
import { buildMetadataFilters, STREAM_LABELS, type LogLabelNames } from './logLabels';
import { buildStreamSelector } from './logql';
import { escapeRegex, quote, type Matcher } from '../escape';

/**
 * What evaluations say of their tasks, without colour codes.
 * @throws QueryError where Loki would search everything
 */
export const evaluationLines = (matchers: readonly Matcher[], names: LogLabelNames = STREAM_LABELS): string =>
  // No colour code stands within these texts: they are searched first, which is faster.
  `${buildStreamSelector(matchers, names)}${buildMetadataFilters(matchers, names)}` +
  ` |~ ${quote(EVALUATION_TEXTS.map(escapeRegex).join('|'))} | decolorize`;
