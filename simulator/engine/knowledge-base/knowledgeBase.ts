import { formatSqlTime } from '../clock';
import type { Components } from '../components/components';
import { CUSTOM_TABLES, SEDNA_TABLES } from './schema';
import type { Kernel } from '../kernel';
import { formatSednaLine } from '../logs/format';
import { KnowledgeBaseLog } from '../logs/knowledgeBaseLog';

/** Upload of a training worker for one task of a round. */
export interface TaskUpdate {
  /** Name of the task and its group, such as `Autumn_1.0`. */
  task: string;
  /** JSON text, such as `["Autumn", 1.0]`. */
  attributes: string;
  /** Samples of this round. */
  samples: number;
}

interface Group {
  id: number;
  taskId: number;
  sampleNum: number;
  taskNum: number;
}

/** Builds the URL of a file in the knowledge base, as in model URLs. */
export function buildKbFileUrl(file: string): string {
  return `http://kb.sedna:9020/knowledgebase/file/download?files=${file}&name=${file}`;
}

/**
 * The knowledge base. All jobs share it, and no table has a job column. `sample_num` and `task_num` accumulate over
 * rounds, `deploy` and `is_current` stay 0, `transfer_radio` is 1/task_num, and `data_type` is the text 'train'.
 */
export class KnowledgeBase {
  private readonly groups = new Map<string, Group>();
  private sampleId = 0;
  private metricValueId = 0;
  private readonly metricValues = new Set<string>();
  private readonly metrics: string[] = [];
  private readonly log: KnowledgeBaseLog;

  constructor(
    private readonly kernel: Kernel,
    private readonly components: Components
  ) {
    this.log = new KnowledgeBaseLog(kernel, components.kb);
    for (const sql of SEDNA_TABLES) {
      kernel.executeSql(sql);
    }
    this.log.createTables(SEDNA_TABLES);
    this.logStderr(
      formatSednaLine(
        kernel.now,
        'base.py(79)',
        'INFO',
        'Start knowledgebase server over http://0.0.0.0:9020/knowledgebase'
      )
    );
    this.logStderr('INFO:     Started server process [1]');
    this.logStderr('INFO:     Waiting for application startup.');
    this.logStderr('INFO:     Application startup complete.');
    this.logStderr('INFO:     Uvicorn running on http://0.0.0.0:9020 (Press CTRL+C to quit)');
  }

  private logStderr(line: string): void {
    this.components.kb.log('stderr', line);
  }

  /** Logs the upload of a file. */
  upload(client: string): void {
    this.log.access(client, 'POST', '/knowledgebase/file/upload');
  }

  /** Logs the download of a file. */
  download(client: string, file: string): void {
    this.log.access(client, 'GET', `/knowledgebase/file/download?files=${file}&name=${file}`);
  }

  /** Updates the tasks at the end of a training. */
  update(client: string, tasks: readonly TaskUpdate[]): void {
    for (const task of tasks) {
      this.updateTask(task);
    }
    this.log.access(client, 'POST', '/knowledgebase/update');
    this.download(client, 'index.pkl');
  }

  private updateTask({ task, attributes, samples }: TaskUpdate): void {
    const now = formatSqlTime(this.kernel.now);
    const execute = (sql: string, params: Array<string | number | null>) => this.kernel.executeSql(sql, params);
    const sampleId = ++this.sampleId;
    let group = this.groups.get(task);
    const isNew = group === undefined;
    if (group) {
      group.sampleNum += samples;
      group.taskNum += 1;
      execute('UPDATE ll_task_grp SET sample_num = ?, task_num = ? WHERE id = ?', [
        group.sampleNum,
        group.taskNum,
        group.id,
      ]);
    } else {
      const id = this.groups.size + 1;
      group = { id, taskId: id, sampleNum: samples, taskNum: 1 };
      this.groups.set(task, group);
      execute('INSERT INTO ll_task_grp (id, name, deploy, sample_num, task_num) VALUES (?, ?, 0, ?, 1)', [
        id,
        task,
        samples,
      ]);
      execute('INSERT INTO ll_tasks (id, name, task_attr, created_at, updated_at) VALUES (?, ?, ?, ?, ?)', [
        id,
        task,
        attributes,
        now,
        now,
      ]);
    }
    execute(
      `INSERT INTO ll_samples (id, data_url, descr, data_type, updated_at, sample_num) VALUES (?, '', '', 'train', ?, ?)`,
      [sampleId, now, samples]
    );
    execute('INSERT INTO ll_task_sample (id, sample_id, task_id) VALUES (?, ?, ?)', [sampleId, sampleId, group.taskId]);
    const url = buildKbFileUrl(`${task}.model`);
    if (isNew) {
      execute('INSERT INTO ll_task_models (id, task_id, model_url, is_current, created_at) VALUES (?, ?, ?, 0, ?)', [
        group.id,
        group.id,
        url,
        now,
      ]);
      execute('INSERT INTO ll_task_relation (id, grp_id, task_id, transfer_radio) VALUES (?, ?, ?, 1.0)', [
        group.id,
        group.id,
        group.taskId,
      ]);
    } else {
      execute('UPDATE ll_task_models SET model_url = ? WHERE task_id = ?', [url, group.id]);
      execute('UPDATE ll_task_relation SET transfer_radio = ? WHERE grp_id = ?', [1 / group.taskNum, group.id]);
    }
    this.log.updateTask({
      task,
      attributes,
      samples,
      groupId: group.id,
      sampleId,
      taskNum: group.taskNum,
      isNew,
      url,
    });
  }

  /** Logs the status update at the end of an evaluation. Sedna rolls it back, so the file doesn't change. */
  updateStatus(client: string, tasks: readonly string[]): void {
    this.log.rollBackStatus(tasks);
    this.log.access(client, 'POST', '/knowledgebase/update/status');
  }

  /** Logs a status update that fails with HTTP 500 because index.pkl is missing. */
  failStatus(client: string): void {
    this.log.access(client, 'POST', '/knowledgebase/update/status', '500 Internal Server Error');
    const trace = [
      'ERROR:    Exception in ASGI application',
      'Traceback (most recent call last):',
      '  File "/usr/local/lib/python3.6/site-packages/uvicorn/protocols/http/httptools_impl.py", line 371, in run_asgi',
      '    result = await app(self.scope, self.receive, self.send)',
      '  File "/home/lib/sedna/service/server/knowledgeBase/server.py", line 190, in update_status',
      '    task_info = joblib.load(self.kb_index)',
      'EOFError',
    ];
    trace.forEach((line) => this.logStderr(line));
  }

  /** Adds a custom metric. Its id can be NULL, as with the upstream tool. */
  defineMetric(name: string, label: string, note: string, id: number | null): void {
    if (this.metrics.length === 0) {
      CUSTOM_TABLES.forEach((sql) => this.kernel.executeSql(sql));
    }
    this.metrics.push(name);
    this.kernel.executeSql('INSERT INTO metric (id, name, label, note, last_time) VALUES (?, ?, ?, ?, ?)', [
      id,
      name,
      label,
      note,
      formatSqlTime(this.kernel.now),
    ]);
  }

  /** Sets a value of a custom metric. Each set of label values has one row, every second one without id. */
  setMetric(name: string, labelValue: string, value: number): void {
    const metricId = this.metrics.indexOf(name);
    const now = formatSqlTime(this.kernel.now);
    const key = `${name}/${labelValue}`;
    if (this.metricValues.has(key)) {
      const sql = 'UPDATE metric_value SET value = ?, last_time = ? WHERE metric_id = ? AND label_value = ?';
      this.kernel.executeSql(sql, [value, now, metricId, labelValue]);
      return;
    }
    this.metricValues.add(key);
    const id = ++this.metricValueId;
    const sql = 'INSERT INTO metric_value (id, metric_id, label_value, value, last_time) VALUES (?, ?, ?, ?, ?)';
    this.kernel.executeSql(sql, [id % 2 === 0 ? null : id, metricId, labelValue, value, now]);
  }
}
