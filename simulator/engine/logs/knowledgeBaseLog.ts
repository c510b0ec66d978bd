import type { Kernel } from '../kernel';
import type { SimPod } from '../pods';
import { formatSqlLine } from './format';

const GROUP_COLUMNS = ['id', 'name', 'deploy', 'sample_num', 'task_num'];
const TASK_COLUMNS = ['id', 'name', 'task_attr', 'created_at', 'updated_at'];
const SAMPLE_COLUMNS = ['id', 'data_url', 'descr', 'data_type', 'updated_at', 'sample_num'];
const MODEL_COLUMNS = ['id', 'task_id', 'model_url', 'is_current', 'created_at'];
const RELATION_COLUMNS = ['id', 'grp_id', 'task_id', 'transfer_radio'];

/** Changes of one task in an update. */
export interface TaskWrite {
  task: string;
  attributes: string;
  samples: number;
  groupId: number;
  sampleId: number;
  taskNum: number;
  isNew: boolean;
  url: string;
}

function formatSelect(table: string, columns: string[], where: string): string {
  const list = columns.map((column) => `${table}.${column} AS ${table}_${column}`).join(', ');
  return `SELECT ${list} \nFROM ${table} \nWHERE ${where}`;
}

const LIMIT_CLAUSE = '\n LIMIT ? OFFSET ?';

/** Stdout of the KB: access lines of uvicorn, and SQLAlchemy's echo with statements of several lines. */
export class KnowledgeBaseLog {
  private offset = 0;
  private offsetTime = 0;
  private port = 40000;
  private readonly cachedStatements = new Set<string>();

  constructor(
    private readonly kernel: Kernel,
    private readonly pod: SimPod
  ) {}

  private write(line: string): void {
    if (this.offsetTime !== this.kernel.now) {
      this.offsetTime = this.kernel.now;
      this.offset = 0;
    }
    for (const part of line.split('\n')) {
      this.pod.log('stdout', part, this.offset);
    }
    this.offset += 1;
  }

  private sql(text: string, parameters?: string): void {
    this.write(formatSqlLine(this.kernel.now + this.offset, text));
    if (parameters !== undefined) {
      const age = this.cachedStatements.has(text) ? 'cached since 7.298s ago' : 'generated in 0.00030s';
      this.cachedStatements.add(text);
      this.write(formatSqlLine(this.kernel.now + this.offset, `[${age}] ${parameters}`));
    }
  }

  /** Logs the statements that create the tables. */
  createTables(statements: readonly string[]): void {
    this.sql('BEGIN (implicit)');
    for (const statement of statements) {
      const isTable = statement.startsWith('CREATE TABLE');
      this.sql(isTable ? `\n${statement}\n\n` : statement);
      this.sql('[no key 0.00019s] ()');
    }
    this.sql('COMMIT');
  }

  /** Logs a request. @param client IP address without port */
  access(client: string, method: string, path: string, status = '200 OK'): void {
    this.port = 40000 + ((this.port - 40000 + 14) % 20000);
    this.write(`INFO:     ${client}:${this.port} - "${method} ${path} HTTP/1.1" ${status}`);
  }

  /** Logs the statements for one task of POST /knowledgebase/update. */
  updateTask({ task, attributes, samples, groupId, sampleId, taskNum, isNew, url }: TaskWrite): void {
    const radio = taskNum === 1 ? '1.0' : String(1 / taskNum);
    this.sql('BEGIN (implicit)');
    this.sql(formatSelect('ll_task_grp', GROUP_COLUMNS, `ll_task_grp.name = ?${LIMIT_CLAUSE}`), `('${task}', 1, 0)`);
    if (isNew) {
      const insert = 'INSERT INTO ll_task_grp (name, deploy, sample_num, task_num) VALUES (?, ?, ?, ?)';
      this.sql(insert, `('${task}', 0, ${samples}, 1)`);
    } else {
      this.sql(
        'UPDATE ll_task_grp SET sample_num=?, task_num=? WHERE ll_task_grp.id = ?',
        `(${samples}, ${taskNum}, ${groupId})`
      );
    }
    this.sql(formatSelect('ll_tasks', TASK_COLUMNS, `ll_tasks.name = ?${LIMIT_CLAUSE}`), `('${task}', 1, 0)`);
    const sample = 'INSERT INTO ll_samples (data_url, descr, data_type, sample_num) VALUES (?, ?, ?, ?)';
    this.sql(sample, `('', '', 'train', ${samples})`);
    if (isNew) {
      this.sql('INSERT INTO ll_tasks (name, task_attr) VALUES (?, ?)', `('${task}', '${attributes}')`);
    }
    this.sql('COMMIT');
    this.sql('BEGIN (implicit)');
    this.sql(formatSelect('ll_samples', SAMPLE_COLUMNS, 'll_samples.id = ?'), `(${sampleId},)`);
    this.sql(formatSelect('ll_tasks', TASK_COLUMNS, 'll_tasks.id = ?'), `(${groupId},)`);
    this.sql('INSERT INTO ll_task_sample (sample_id, task_id) VALUES (?, ?)', `(${sampleId}, ${groupId})`);
    this.sql(formatSelect('ll_task_grp', GROUP_COLUMNS, 'll_task_grp.id = ?'), `(${groupId},)`);
    this.sql(
      formatSelect('ll_task_models', MODEL_COLUMNS, `? = ll_task_models.task_id${LIMIT_CLAUSE}`),
      `(${groupId}, 1, 0)`
    );
    if (isNew) {
      const insert = 'INSERT INTO ll_task_models (task_id, model_url, is_current) VALUES (?, ?, ?)';
      this.sql(insert, `(${groupId}, '${url}', 0)`);
    }
    this.sql('COMMIT');
    this.sql('BEGIN (implicit)');
    this.sql(formatSelect('ll_task_grp', GROUP_COLUMNS, 'll_task_grp.id = ?'), `(${groupId},)`);
    const relation = `ll_task_relation.task_id = ? AND ? = ll_task_relation.grp_id${LIMIT_CLAUSE}`;
    this.sql(formatSelect('ll_task_relation', RELATION_COLUMNS, relation), `(${groupId}, ${groupId}, 1, 0)`);
    if (isNew) {
      const insert = 'INSERT INTO ll_task_relation (grp_id, task_id, transfer_radio) VALUES (?, ?, ?)';
      this.sql(insert, `(${groupId}, ${groupId}, ${radio})`);
    }
    this.sql('COMMIT');
    this.sql('BEGIN (implicit)');
    this.sql(formatSelect('ll_task_grp', GROUP_COLUMNS, 'll_task_grp.id = ?'), `(${groupId},)`);
    this.sql(
      'UPDATE ll_task_relation SET transfer_radio=? WHERE ? = ll_task_relation.grp_id',
      `(${radio}, ${groupId})`
    );
    this.sql('COMMIT');
  }

  /** Logs the statement of POST /knowledgebase/update/status, which Sedna never commits. */
  rollBackStatus(tasks: readonly string[]): void {
    const marks = tasks.map(() => '?').join(', ');
    this.sql('BEGIN (implicit)');
    this.sql(
      `UPDATE ll_task_grp SET deploy=? WHERE ll_task_grp.name IN (${marks})`,
      `(0, ${tasks.map((task) => `'${task}'`).join(', ')})`
    );
    this.sql('ROLLBACK');
  }
}
