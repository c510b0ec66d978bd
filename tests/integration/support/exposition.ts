/** Series of a /metrics page without empty labels, as Prometheus stores it. */
export interface ExposedSeries {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;

/** Parses the series of a page in the Prometheus text format. */
export function parseExposition(text: string): ExposedSeries[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const space = line.lastIndexOf(' ');
      const series = line.slice(0, space);
      const labels = [...series.matchAll(LABEL)].filter(([, , value]) => value !== '');
      return {
        name: series.split('{')[0],
        labels: Object.fromEntries(labels.map(([, name, value]) => [name, value])),
        value: Number(line.slice(space + 1)),
      };
    });
}
