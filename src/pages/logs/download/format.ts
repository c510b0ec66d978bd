import { dateTimeFormat, formattedValueToString, getValueFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { toMilliseconds } from '../../../data/logs/logEntries';

export const formatBytes = (bytes: number) => formattedValueToString(getValueFormat('decbytes')(bytes));

export const formatCount = (count: number) => formattedValueToString(getValueFormat('locale')(count, 0));

/** @param time Unix time in ns */
export const formatTime = (time: bigint, timeZone: TimeZone) =>
  dateTimeFormat(toMilliseconds(time), { defaultWithMS: true, timeZone });
