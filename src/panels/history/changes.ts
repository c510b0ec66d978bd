/** Changes of the journal that are no conditions, as text. */
import { t } from '../../platform/i18n';
import type {
  ContainerEnd,
  FieldChange,
  JournalEntry,
  JournalPod,
  KnowledgeBaseEntry,
  StatusValue,
} from '../../sedna/journal';

export interface ChangeRow {
  id: string;
  /** Unix time in ms. */
  time: number;
  title: string;
  details: readonly string[];
}

type Text = Pick<ChangeRow, 'title' | 'details'>;

const formatValue = (value: StatusValue | undefined): string => (value === undefined ? '–' : String(value));

const formatChange = (name: string, before: StatusValue | undefined, after: StatusValue | undefined): string =>
  t('changes.value', '{{name}}: {{before}} → {{after}}', {
    name,
    before: formatValue(before),
    after: formatValue(after),
  });

const formatFields = (fields: readonly FieldChange[]): string[] =>
  fields.map(({ path, before, after }) =>
    before === undefined && after === undefined ? path : formatChange(path, before, after)
  );

const formatRow = (row: Readonly<Record<string, string | number>> = {}): string[] =>
  Object.entries(row).map(([name, value]) => t('changes.field', '{{name}}: {{value}}', { name, value }));

const formatWhileAway = (away: true | undefined): string[] =>
  away ? [t('changes.away', 'While the exporter was away, so the time is when it noticed')] : [];

const inPod = ({ name }: JournalPod) => ({ name });

const formatPod = ({ worker, node }: JournalPod): string[] => [
  ...(worker ? [t('changes.worker', 'Worker: {{worker}}', { worker })] : []),
  ...(node ? [t('changes.node', 'Node: {{node}}', { node })] : []),
];

function formatEnd({ container, exitCode, reason, message }: ContainerEnd): string {
  const end =
    exitCode === undefined
      ? t('changes.container', 'Container {{container}} ended', { container })
      : t('changes.exit-code', 'Container {{container}} ended with exit code {{exitCode}}', { container, exitCode });
  return [end, reason, message].filter(Boolean).join(' · ');
}

function formatItem({ item, key, change }: KnowledgeBaseEntry): string {
  const params = { key };
  switch (item) {
    case 'task':
      return {
        added: t('changes.task-added', 'Task {{key}} added', params),
        changed: t('changes.task-changed', 'Task {{key}} changed', params),
        removed: t('changes.task-removed', 'Task {{key}} removed', params),
      }[change];
    case 'group':
      return {
        added: t('changes.group-added', 'Group {{key}} added', params),
        changed: t('changes.group-changed', 'Group {{key}} changed', params),
        removed: t('changes.group-removed', 'Group {{key}} removed', params),
      }[change];
    case 'model':
      return {
        added: t('changes.model-added', 'Model file of group {{key}} added', params),
        changed: t('changes.model-changed', 'Model file of group {{key}} changed', params),
        removed: t('changes.model-removed', 'Model file of group {{key}} removed', params),
      }[change];
    default:
      return {
        added: t('changes.samples-added', 'Samples of task {{key}} added', params),
        changed: t('changes.samples-changed', 'Samples of task {{key}} changed', params),
        removed: t('changes.samples-removed', 'Samples of task {{key}} removed', params),
      }[change];
  }
}

/** A hash only tells that a text changed behind what is kept of it. */
const isShown = (name: string) => !name.endsWith('Hash') && name !== 'updated';

function formatKnowledgeBase(entry: KnowledgeBaseEntry): Text {
  const { before = {}, after = {}, change } = entry;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(isShown);
  const details = names.flatMap((name) =>
    change === 'changed'
      ? before[name] === after[name]
        ? []
        : formatChange(name, before[name], after[name])
      : formatRow({ [name]: (change === 'added' ? after : before)[name] })
  );
  return { title: formatItem(entry), details };
}

/** Returns undefined for entries that other parts of the pages show. */
function format(entry: JournalEntry): Text | undefined {
  switch (entry.what) {
    case 'created':
      return { title: t('changes.created', 'Created'), details: [] };
    case 'deleted':
      return { title: t('changes.deleted', 'Deleted'), details: formatWhileAway(entry.away) };
    case 'changed':
      return {
        title: t('changes.changed', 'Spec changed'),
        details: [...formatFields(entry.fields), ...formatWhileAway(entry.away)],
      };
    case 'status':
      return { title: t('changes.status', 'Status changed'), details: formatFields(entry.fields) };
    case 'samples':
      return {
        title: t('changes.samples', 'Samples reported'),
        details: [formatChange(t('changes.samples-name', 'Samples'), entry.before, entry.after)],
      };
    case 'pod-created':
      return {
        title: t('changes.pod-created', 'Pod {{name}} created', inPod(entry.pod)),
        details: formatPod(entry.pod),
      };
    case 'pod-started':
      return {
        title: t('changes.pod-started', 'Pod {{name}} started', inPod(entry.pod)),
        details: formatPod(entry.pod),
      };
    case 'pod-restarted':
      return {
        title: t('changes.pod-restarted', 'Pod {{name}} restarted', inPod(entry.pod)),
        details: [formatEnd(entry.ended), ...formatPod(entry.pod)],
      };
    case 'pod-ended':
      return {
        title:
          entry.phase === 'Failed'
            ? t('changes.pod-failed', 'Pod {{name}} failed', inPod(entry.pod))
            : t('changes.pod-succeeded', 'Pod {{name}} succeeded', inPod(entry.pod)),
        details: [
          ...[entry.reason, entry.message].filter((text) => text !== undefined),
          ...entry.containers.map(formatEnd),
          ...formatPod(entry.pod),
        ],
      };
    case 'pod-deleted':
      return {
        title: t('changes.pod-deleted', 'Pod {{name}} deleted', inPod(entry.pod)),
        details: [...formatPod(entry.pod), ...formatWhileAway(entry.away)],
      };
    case 'knowledge-base':
      return formatKnowledgeBase(entry);
    default:
      return undefined;
  }
}

/**
 * Returns the changes in a time range, newest first.
 * @param entries - in the order in which they were seen
 * @param range - Unix time in ms
 */
export function toChangeRows(
  entries: readonly JournalEntry[],
  { from, to }: { from: number; to: number }
): ChangeRow[] {
  return entries
    .flatMap((entry): ChangeRow[] => {
      const time = Date.parse(entry.time);
      const text = time >= from && time <= to ? format(entry) : undefined;
      return text ? [{ id: entry.id, time, ...text }] : [];
    })
    .reverse()
    .sort((a, b) => b.time - a.time);
}
