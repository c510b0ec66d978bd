/** The part of docs/run/sedna-releases.md that says what works with which release of Sedna. */
import { AREAS, type Area, type SednaFact } from './facts';

export interface CheckedRelease {
  /** Tag, or the branch with its commit. */
  name: string;
  missing: readonly SednaFact[];
}

interface Group {
  names: string[];
  missing: readonly SednaFact[];
}

const getKey = (missing: readonly SednaFact[]) => missing.map(({ area, name }) => `${area} ${name}`).join('\n');

/** Joins adjacent releases that lack the same. */
function group(releases: readonly CheckedRelease[]): Group[] {
  const groups: Group[] = [];
  for (const { name, missing } of releases) {
    const last = groups.at(-1);
    if (last && getKey(last.missing) === getKey(missing)) {
      last.names.push(name);
    } else {
      groups.push({ names: [name], missing });
    }
  }
  return groups;
}

const formatRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const inArea = (facts: readonly SednaFact[], area: Area) => facts.filter((fact) => fact.area === area);

function formatCell(facts: readonly SednaFact[], { missing }: Group, area: Area): string {
  const total = inArea(facts, area).length;
  const found = total - inArea(missing, area).length;
  return found === total ? 'yes' : found === 0 ? 'no' : `${found} of ${total}`;
}

const formatNames = ({ names }: Group) => names.join(', ');

function formatMissing(found: Group): string[] {
  const lines = (Object.keys(AREAS) as Area[]).flatMap((area) => {
    const lost = inArea(found.missing, area).map(({ name }) => name);
    // A field goes with its kind, a column with its table.
    const names = lost
      .filter((name) => !lost.some((other) => name.startsWith(`${other}.`)))
      .map((name) => `\`${name}\``);
    return names.length === 0 ? [] : [`- ${AREAS[area]}: ${names.join(', ')}`];
  });
  return lines.length === 0 ? [] : [`### ${formatNames(found)}`, '', ...lines, ''];
}

/** @param releases newest first */
export function formatReleases(facts: readonly SednaFact[], releases: readonly CheckedRelease[]): string {
  const groups = group(releases);
  const header = ['part of Sedna Ops', ...groups.map(formatNames)];
  return [
    formatRow(header),
    formatRow(header.map(() => '---')),
    ...(Object.entries(AREAS) as Array<[Area, string]>).map(([area, title]) =>
      formatRow([title, ...groups.map((each) => formatCell(facts, each, area))])
    ),
    '',
    '## What a release lacks',
    '',
    ...groups.flatMap(formatMissing),
  ].join('\n');
}
