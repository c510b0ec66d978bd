import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { METRICS } from '../sedna/catalog';
import {
  MAX_DRAWN_TASKS,
  droppedHistory,
  droppedLines,
  knowledgeBaseSummary,
  knowledgeBaseRelations,
  knowledgeBaseTasks,
  roundSamplesHistory,
  scoreHistory,
  taskEvaluations,
  trainingSamplesHistory,
  unseenSamplesHistory,
} from './knowledgeBase';

/** Names of all nodes that a parser sees; its error node is named "⚠". Grafana has replaced its variables by then. */
function nodes(parser: typeof promqlParser, query: string): string[] {
  const names: string[] = [];
  const sent = query.replaceAll(/\$__(range|interval)/g, '60s');
  parser.parse(sent).iterate({ enter: ({ name }) => void names.push(name) });
  return names;
}

const all = {
  head: knowledgeBaseSummary(),
  tasks: knowledgeBaseTasks(),
  relations: knowledgeBaseRelations(),
  evaluations: taskEvaluations(),
  scores: scoreHistory(''),
  rounds: roundSamplesHistory(''),
  training: trainingSamplesHistory(),
  unseen: unseenSamplesHistory(),
  dropped: droppedHistory(),
};

it.each(Object.entries(all))('writes PromQL for the %s, of metrics that the catalogue has', (_, query) => {
  expect(nodes(promqlParser, query)).not.toContain('⚠');
  const known = new Set(METRICS.map(({ name }) => name));
  const ours = query.match(/sedna[_:][a-z_:]+/g) ?? [];
  expect(ours.length).toBeGreaterThan(0);
  expect(ours.filter((name) => !known.has(name))).toEqual([]);
});

it('keeps what was known for an hour once nothing is told any more, and no longer than that', () => {
  expect(knowledgeBaseRelations()).toContain(
    'max by (cluster, group, url) (sedna_knowledge_base_task_group_model_info or ' +
      'last_over_time(sedna_knowledge_base_task_group_model_info[3600s]) ' +
      'unless on (cluster) sedna_knowledge_base_known_tasks)'
  );
});

it('takes each score, however long a step is, of the tasks that scored lowest', () => {
  expect(scoreHistory('')).toBe(
    '(max by (cluster, namespace, name, task, metric) ((last_over_time(sedna_log_task_score[$__interval])) ' +
      '* on (cluster, namespace, pod) group_left (name) ' +
      'group by (cluster, namespace, pod, name) (sedna:worker_pod_start_timestamp_seconds))) ' +
      `and on (cluster, namespace, name, task) (bottomk(${MAX_DRAWN_TASKS}, ` +
      'max by (cluster, namespace, name, task) (sedna:task_score @ end())))'
  );
});

it.each([scoreHistory, roundSamplesHistory])('narrows by what is typed, whatever that is', (history) => {
  const matchers = (query: string) =>
    nodes(promqlParser, query).filter((name) => name === 'UnquotedLabelMatcher').length;
  expect(matchers(history(''))).toBe(0);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
      fc.pre(typed !== '');
      const query = history(typed);
      expect(nodes(promqlParser, query)).not.toContain('⚠');
      expect(matchers(query)).toBe(2);
    })
  );
  expect(history('a"} or up{')).toContain('task=~"(?i).*a\\"\\\\} or up\\\\{.*"');
});

it('looks for the lines that tell of dropped tasks in evaluation workers only', () => {
  const query = droppedLines();
  expect(nodes(logqlParser, query)).not.toContain('⚠');
  expect(query).toMatch(/^\{pod=~"\.\+-eval-/);
  expect(query).toContain('|= " will not be deploy because"');
});
