import type { MetricFamily } from '../http/exposition';

/** Rows of the knowledge base as the journal compares them. */
export interface KnowledgeBaseRows {
  tasks: Array<[task: string, attributes: string]>;
  relations: Array<[group: string, task: string]>;
  models: Array<[group: string, url: string]>;
  samples: Array<[task: string, count: number, updatedSeconds?: number]>;
}

/** Takes the rows from the series of one read, so that both tell the same. */
export function toKnowledgeBaseRows(families: readonly MetricFamily[]): KnowledgeBaseRows {
  const read = (name: string) =>
    [...(families.find((family) => family.name === `sedna_knowledge_base_${name}`)?.samples ?? [])].map(
      ({ labels, value }) => ({ labels: parseLabels(labels), value })
    );
  const updated = new Map(read('task_update_timestamp_seconds').map(({ labels, value }) => [labels.task, value]));
  return {
    tasks: read('task_info').map(({ labels }) => [labels.task, labels.attributes ?? '']),
    relations: read('task_relation').map(({ labels }) => [labels.group, labels.task]),
    models: read('task_group_model_info').map(({ labels }) => [labels.group, labels.url]),
    samples: read('task_samples').map(({ labels, value }) => [labels.task, value, updated.get(labels.task)]),
  };
}

const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Parses labels as `formatLabels` formats them. */
function parseLabels(text: string): Record<string, string> {
  const entries = [...text.matchAll(LABEL)].map(
    ([, name, value]) =>
      [name, value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))] as const
  );
  return Object.fromEntries(entries);
}
