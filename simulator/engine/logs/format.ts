/** Log formats of Sedna's components. Times are in the time zone of the containers, UTC. */

const ESC = '\u001b';

/** Formats a time like asctime of Python's logging, without time zone: `2026-11-23 18:45:54,055`. */
export function formatAsctime(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ').replace('.', ',');
}

export type Level = 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
const COLORS: Record<Level, string> = { INFO: '[32m', WARNING: '[33m', ERROR: '[31m', CRITICAL: '[31;1m' };

/** Formats a line of the sedna library, which uses colors even without a terminal. */
export function formatSednaLine(time: number, at: string, level: Level, message: string): string {
  return `${ESC}${COLORS[level]}[${formatAsctime(time)}] ${at} [${level}]${ESC}[0m - ${message}${ESC}[0m`;
}

/** Formats a klog line of the global manager (GM) or a local controller (LC). */
export function formatKlogLine(time: number, level: 'I' | 'W' | 'E' | 'F', at: string, message: string): string {
  const iso = new Date(time).toISOString();
  const micros = String((time * 37) % 1000).padStart(3, '0');
  return `${level}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}${micros}       1 ${at}] ${message}`;
}

/** Formats a line of SQLAlchemy's echo in the knowledge base (KB). */
export function formatSqlLine(time: number, text: string): string {
  return `${formatAsctime(time)} INFO sqlalchemy.engine.Engine ${text}`;
}

/** Formats a line of the storage initializer. */
export function formatInitializerLine(time: number, level: string, at: string, message: string): string {
  return `${formatAsctime(time)} ${level} ${at}] ${message}`;
}

/** Formats a GORM query of the LC without a result: three lines with colors and CR LF. */
export function formatGormLines(time: number, sql: string): string[] {
  const stamp = new Date(time).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
  return [
    `\r`,
    `${stamp} ${ESC}[35m/code/pkg/localcontroller/db/db.go:54 ${ESC}[35mrecord not found\r`,
    `${ESC}[0m${ESC}[33m[0.118ms] ${ESC}[34;1m[rows:0]${ESC}[0m ${sql}\r`,
  ];
}
