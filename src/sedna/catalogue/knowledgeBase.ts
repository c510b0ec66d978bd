import { asked, metric, planned, type Metric } from './types';

/** What tells about the knowledge base. */
export const KNOWLEDGE_BASE_METRICS: readonly Metric[] = [
  metric(
    'sedna_knowledge_base_up',
    'Whether the exporter could read the database at its last try (1) or not (0).',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base'
  ),
  metric(
    'sedna_knowledge_base_known_tasks',
    'Tasks that the knowledge base knows, over all jobs.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    { unit: 'tasks', proposal: asked(8, 'KnowTaskNum'), caveat: 'One knowledge base serves all jobs.' }
  ),
  planned('sedna:knowledge_base_info', 'Where the knowledge base runs.', 'info', 'recording-rule', 'knowledge-base', {
    labels: ['ip', 'node', 'node_type'],
    proposal: asked(7, 'KBServerIP', 'KBNodeType', 'KBNodeName'),
  }),
  planned(
    'sedna_knowledge_base_task_group_model_info',
    'Model file of a task group.',
    'info',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['group', 'url'], proposal: asked(8, 'TaskGroupModelFile') }
  ),
  planned(
    'sedna_knowledge_base_task_samples',
    'Samples of a task over all rounds.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['task'], unit: 'samples', proposal: asked(8, 'TaskSampleNum') }
  ),
  planned(
    'sedna_knowledge_base_task_relation',
    'Weight of a task in its group.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      labels: ['group', 'task'],
      proposal: asked(8, 'TaskRelationship'),
      caveat: 'Sedna writes one divided by the number of tasks, not a learned relation.',
    }
  ),
  planned(
    'sedna_knowledge_base_task_info',
    'Attributes of a task.',
    'info',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      labels: ['task', 'attributes'],
      proposal: asked(8, 'TaskProperties'),
    }
  ),
  planned(
    'sedna_log_task_sample_dir_info',
    'Where the samples of a task were uploaded.',
    'info',
    'loki-rule',
    'worker',
    {
      labels: ['task', 'url'],
      proposal: asked(8, 'TaskSampleDir'),
    }
  ),
  planned('sedna_log_task_score', 'Score of a task at evaluation.', 'gauge', 'loki-rule', 'worker', {
    labels: ['task', 'metric'],
    unit: 'score',
    proposal: asked(9, 'TaskScore'),
  }),
  planned(
    'sedna_log_task_deployable',
    'Whether a task passed evaluation (1) or was dropped (0).',
    'gauge',
    'loki-rule',
    'worker',
    {
      labels: ['task'],
      proposal: asked(9, 'TaskStatus'),
    }
  ),
];
