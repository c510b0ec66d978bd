import { buildKbFileUrl } from '../knowledge-base/knowledgeBase';
import type { SimPod } from '../pods';
import { formatInitializerLine, formatSednaLine, type Level } from './format';

/** Log of a worker: prints go to stdout; lines of the sedna library, tracebacks, and tqdm go to stderr. */
export class WorkerLog {
  private offset = 0;
  private offsetTime = 0;

  constructor(
    private readonly pod: SimPod,
    private readonly now: () => number
  ) {}

  /** Returns the offset of the next line. Lines of the same simulated time are 3 ms apart. */
  private getNextOffset(): number {
    const now = this.now();
    this.offset = this.offsetTime === now ? this.offset + 3 : 0;
    this.offsetTime = now;
    return this.offset;
  }

  line(at: string, message: string, level: Level = 'INFO'): void {
    const offset = this.getNextOffset();
    this.pod.log('stderr', formatSednaLine(this.now() + offset, at, level, message), offset);
  }

  print(text: string): void {
    this.pod.log('stdout', text, this.getNextOffset());
  }

  plain(text: string): void {
    this.pod.log('stderr', text, this.getNextOffset());
  }

  /** Writes a progress bar of tqdm: one line, because tqdm overwrites itself with carriage returns. */
  tqdm(label: string, total: number, secondsEach: number): void {
    const bars = [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const done = Math.round(total * share);
      const bar = '█'.repeat(Math.round(share * 10)).padEnd(10);
      return `${label}: ${String(Math.round(share * 100)).padStart(3)}%|${bar}| ${done}/${total} [${secondsEach.toFixed(2)}s/it]`;
    });
    this.plain(`\r${bars.join('\r')}`);
  }

  traceback(frames: Array<[file: string, line: number, name: string, code: string]>, error: string): void {
    this.plain('Traceback (most recent call last):');
    for (const [file, line, name, code] of frames) {
      this.plain(`  File "${file}", line ${line}, in ${name}`);
      this.plain(`    ${code}`);
    }
    this.plain(error);
  }

  initializer(level: string, at: string, message: string): void {
    this.pod.initLog(formatInitializerLine(this.now(), level, at, message));
  }

  trainStart(round: number, index: number, task: string): void {
    const update = round > 1;
    const at = `seen_task_learning.py(${update ? 376 : 253})`;
    this.line(at, `MTL ${update ? 'update' : 'Train'} start ${index} : ${task}`);
  }

  downloadIndex(round: number, output: string): void {
    const from = `/home/data${output}/train/${round - 1}/index.pkl`;
    this.line('lifelong_learning.py(316)', `Download last task index from ${from} to index.pkl`);
  }

  uploaded(task: string): void {
    const file = `${task}.model`;
    this.line('client.py(259)', `Try to upload file ${file}`);
    this.line('cloud_knowledge_management.py(101)', `Upload task model to ${buildKbFileUrl(file)} successfully.`);
    const sample = `train_${task}.sample`;
    this.line('client.py(259)', `Try to upload file ${sample}`);
    this.line('cloud_knowledge_management.py(127)', `Upload task sample to ${buildKbFileUrl(sample)} successfully.`);
  }

  trainFinished(round: number, index: string): void {
    const [at, what] = round > 1 ? ['361', 'Update'] : ['280', 'Train'];
    this.line(
      `lifelong_learning.py(${at})`,
      `Lifelong learning ${what} task Finished, KB index save in /home/data${index}`
    );
  }

  /** Logs the uploads of what tells tasks apart, after those of the tasks. */
  extractorsUploaded(): void {
    for (const file of ['seen_task_task_attr_extractor.pkl', 'unseen_task_task_attr_extractor.pkl']) {
      this.line('client.py(259)', `Try to upload file ${file}`);
      this.line('cloud_knowledge_management.py(141)', `Upload task extractor to ${buildKbFileUrl(file)} successfully.`);
    }
  }

  /** Logs the evaluation of a model of incremental learning, with a value per class. */
  evaluated(url: string, metrics: Readonly<Record<string, readonly number[]>>): void {
    const text = Object.entries(metrics).map(([name, values]) => `'${name}': [${values.join(', ')}]`);
    this.line('incremental_learning.py(233)', `Evaluation with ${url} : {${text.join(', ')}} `);
  }

  score(task: string, metric: string, value: number): void {
    this.line('cloud_knowledge_management.py(187)', `${task} scores: {'${metric}': ${value}}`);
  }

  dropped(task: string, operator: string, threshold: number): void {
    const text = `${task} will not be deploy because all scores ${operator} ${threshold}`;
    this.line('cloud_knowledge_management.py(191)', text, 'WARNING');
  }

  /** Logs HTTP 500 of the KB: the library retries, gives up, and continues. */
  kbUpdateFailed(): void {
    const url = 'http://kb.sedna:9020/knowledgebase/update/status';
    for (let i = 0; i < 5; i++) {
      this.line('client.py(57)', `Get invalid status code                 500 in request ${url}`, 'WARNING');
    }
    this.line('client.py(298)', `Update kb error: ${RETRY_ERROR}`, 'ERROR');
    this.line('lifelong_learning.py(539)', 'KB update Fail !', 'ERROR');
  }

  reportRefused(url: string): void {
    this.line('client.py(62)', `Connection refused in request ${url}`, 'WARNING');
  }

  reportLost(): void {
    this.line('base.py(183)', RETRY_ERROR, 'ERROR');
  }

  /** Logs the end of the thread that reports inferences, after its last try. */
  reportingEnded(): void {
    this.plain('Exception in thread Thread-1:');
    this.traceback(
      [
        [`${LIBRARY}/service/client.py`, 124, 'run', 'LCClient.send(self.lc_server,'],
        [`${LIBRARY}/service/client.py`, 137, 'send', 'return http_request(url=url, method="POST", json=message)'],
      ],
      `tenacity.RetryError: ${RETRY_ERROR}`
    );
  }
}

const RETRY_ERROR = 'RetryError[<Future at 0x7f04f6e96dc0 state=finished returned NoneType>]';

const LIBRARY = '/home/lib/sedna';

/** Logs the traceback of the second round with the defaults of Sedna's HEAD. The worker exits with code 1. */
export function strategyTraceback(log: WorkerLog): void {
  log.traceback(
    [
      ['train.py', 62, '<module>', 'train()'],
      ['train.py', 55, 'train', 'return ll_job.train(train_data)'],
      [
        `${LIBRARY}/core/lifelong_learning/lifelong_learning.py`,
        318,
        'update',
        'self.cloud_knowledge_management.update_kb(...)',
      ],
      [`${LIBRARY}/common/class_factory.py`, 142, 'get_cls', 'raise ValueError('],
    ],
    "ValueError: can't find class type knowledge_management class name UpdateStrategyDefault in class registry"
  );
}

/** Logs the traceback of an evaluation if the KB lost the model file: it unpickles the quoted file name. */
export function lostModelTraceback(log: WorkerLog): void {
  log.traceback(
    [
      ['eval.py', 46, '<module>', 'eval()'],
      [
        `${LIBRARY}/algorithms/seen_task_learning/seen_task_learning.py`,
        468,
        'evaluate',
        'model = FileOps.load(model)',
      ],
      ['/usr/lib/python3.6/pickle.py', 1079, 'load', 'dispatch[key[0]](self)'],
    ],
    'KeyError: 34'
  );
}
