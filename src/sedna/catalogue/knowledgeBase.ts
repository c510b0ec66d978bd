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
  planned(
    'sedna_knowledge_base_task_group_model_info',
    'Model file of a task group.',
    'info',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['group', 'url'], proposal: asked(8, 'TaskGroupModelFile') }
  ),
  planned(
    'sedna_knowledge_base_task_groups',
    'Task groups that the knowledge base holds.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      unit: 'tasks',
    }
  ),
  planned(
    'sedna_knowledge_base_task_last_round_samples',
    'Samples of a task in the last round that trained it.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['task'], unit: 'samples', proposal: asked(8, 'TaskSampleNum') }
  ),
  planned(
    'sedna_knowledge_base_task_update_timestamp_seconds',
    'When samples of a task were last added.',
    'timestamp',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['task'] }
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
];
