/** One series of a /metrics page. */
export interface ParsedSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"/y;
const NUMBER = /^-?(\d+(\.\d+)?(e[+-]?\d+)?|\.\d+)$/;
const ESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

/**
 * Reads Prometheus' text format for tests, and is as strict as it can be: a family's series stand together under its
 * HELP and TYPE, no series comes twice, names are valid, empty labels are left out, numbers are finite.
 * @throws with the line that breaks a rule
 */
export function parseExposition(text: string): ParsedSample[] {
  if (text !== '' && !text.endsWith('\n')) {
    throw new Error('the last line does not end');
  }
  const families = new Set<string>();
  const series = new Set<string>();
  const samples: ParsedSample[] = [];
  let help = '';
  let family = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const check = (holds: boolean, what: string) => {
      if (!holds) {
        throw new Error(`${what}: ${JSON.stringify(line)}`);
      }
    };
    if (line.startsWith('# HELP ')) {
      help = line.split(' ')[2];
      check(/^# HELP \S+ ([^\\]|\\[\\n])*$/.test(line), 'help is not escaped');
      check(!families.has(help), 'a family comes twice');
    } else if (line.startsWith('# TYPE ')) {
      family = help;
      families.add(family);
      check(/^# TYPE \S+ (gauge|counter)$/.test(line) && line.split(' ')[2] === family, 'a type without its help');
    } else {
      const sample = parseSample(line, check);
      check(sample.name === family, 'a series outside of its family');
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      check(!series.has(key), 'a series comes twice');
      series.add(key);
      samples.push(sample);
    }
  }
  return samples;
}

function parseSample(line: string, check: (holds: boolean, what: string) => void): ParsedSample {
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0] ?? '';
  check(name !== '', 'no metric name');
  const labels: Record<string, string> = {};
  let at = name.length;
  if (line[at] === '{') {
    do {
      LABEL.lastIndex = at + 1;
      const [pair, label, value] = LABEL.exec(line) ?? ['', '', ''];
      check(pair !== '' && value !== '' && !label.startsWith('__'), 'no label');
      check(!Object.hasOwn(labels, label), 'a label comes twice');
      labels[label] = value.replace(/\\./g, (escape) => ESCAPES[escape]);
      at += pair.length + 1;
    } while (line[at] === ',');
    check(line[at] === '}', 'labels without an end');
    at += 1;
  }
  const number = line.slice(at + 1);
  check(line[at] === ' ' && NUMBER.test(number) && Number.isFinite(Number(number)), 'no finite number');
  return { name, labels, value: Number(number) };
}
