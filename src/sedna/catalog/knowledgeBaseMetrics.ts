import { proposalRefs, defineMetric, type Metric } from './types';

/** Metrics about the knowledge base. */
export const KNOWLEDGE_BASE_METRICS: readonly Metric[] = [
  defineMetric(
    'sedna_knowledge_base_up',
    'Whether the exporter could read the database at its last try (1) or not (0).',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base'
  ),
  defineMetric(
    'sedna_knowledge_base_known_tasks',
    'Tasks that the knowledge base knows, over all jobs.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    { unit: 'tasks', proposal: proposalRefs(8, 'KnowTaskNum'), caveat: 'One knowledge base serves all jobs.' }
  ),
  defineMetric(
    'sedna_knowledge_base_task_groups',
    'Task groups that the knowledge base holds, over all jobs.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base'
  ),
  defineMetric(
    'sedna_knowledge_base_task_group_model_info',
    'Model file of a task group, as the knowledge base hands it out.',
    'info',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      labels: ['group', 'url'],
      proposal: proposalRefs(8, 'TaskGroupModelFile'),
      caveat:
        'The address may outlive the file: a restarted knowledge base keeps its database and loses its files, unless they are on a volume.',
    }
  ),
  defineMetric(
    'sedna_knowledge_base_task_samples',
    'Samples that a task was trained with, over all rounds and jobs.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      labels: ['task'],
      unit: 'samples',
      proposal: proposalRefs(8, 'TaskSampleNum'),
      caveat: 'Jobs whose tasks have the same name share them.',
    }
  ),
  defineMetric(
    'sedna_knowledge_base_task_last_round_samples',
    'Samples of a task in the last round that trained it.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['task'], unit: 'samples', proposal: proposalRefs(8, 'TaskSampleNum') }
  ),
  defineMetric(
    'sedna_knowledge_base_task_update_timestamp_seconds',
    'When samples of a task were last added.',
    'timestamp',
    'exporter-knowledge-base',
    'knowledge-base',
    { labels: ['task'] }
  ),
  defineMetric(
    'sedna_knowledge_base_task_relation',
    'Weight of a task in its group.',
    'gauge',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      labels: ['group', 'task'],
      proposal: proposalRefs(8, 'TaskRelationship'),
      caveat: 'Sedna writes one divided by the number of tasks, not a learned relation.',
    }
  ),
  defineMetric(
    'sedna_knowledge_base_task_info',
    'Attributes of a task, as the JSON that the knowledge base holds.',
    'info',
    'exporter-knowledge-base',
    'knowledge-base',
    {
      labels: ['task', 'attributes'],
      proposal: proposalRefs(8, 'TaskProperties'),
    }
  ),
];
