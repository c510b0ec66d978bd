/** Numbers that several parts of the page show. */
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { formatNotRecorded } from '../../ui/format/formatRound';

/** Formats an integer with the thousands separator of the locale. */
export const formatCount = (value: number | undefined): string =>
  value === undefined ? formatNotRecorded() : formattedValueToString(getValueFormat('locale')(value, 0));

/** Rounds to three decimals. */
export const formatScore = (value: number): string => formattedValueToString(getValueFormat('none')(value, 3));
