import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NO_RECORDING, readRecordedLines } from '../recording.fixture';
import { HARMLESS_MESSAGES } from './harmlessMessages';
import { MULTILINE_RULES, parseLevel, parseLogLine, SOURCE_PATTERN, stripAnsi, type LogLevel } from '.';

const ESC = '\u001b';
const worker = (colour: string, file: string, level: string, message: string) =>
  `${ESC}[${colour}m[2026-11-23 18:45:54,055] ${file} [${level}]${ESC}[0m - ${message}${ESC}[0m`;
const klog = (letter: string, rest: string) => `${letter}1123 08:41:26.647075       1 ${rest}`;

describe('level of a line', () => {
  const cases: Array<[string, string, LogLevel]> = [
    ['worker INFO', worker('32', 'seen_task_learning.py(253)', 'INFO', 'MTL Train start 0 : Autumn_1.0'), 'info'],
    [
      'worker WARNING',
      worker('33', 'client.py(62)', 'WARNING', 'Connection refused in request http://localhost:9100/sedna'),
      'warning',
    ],
    ['worker ERROR', worker('31', 'base.py(183)', 'ERROR', 'RetryError[<Future at 0x7f>]'), 'error'],
    ['worker CRITICAL', worker('31;1', 'base.py(183)', 'CRITICAL', 'gone'), 'error'],
    ['INFO that quotes the word ERROR', worker('32', 'a.py(1)', 'INFO', 'saw [ERROR] before'), 'info'],
    ['klog info', klog('I', 'server.go:109] established connection for node edge-node'), 'info'],
    ['klog warning', klog('W', 'common.go:176] Error to update default/atcii status, tried 1 times'), 'warning'],
    ['klog error', klog('E', 'context.go:153] read loop of node edge-node closed, due to: websocket'), 'error'],
    ['klog fatal', klog('F', 'server.go:141] listen tcp :9100: bind: address already in use'), 'error'],
    [
      'reprint of the history is lowered',
      klog('I', 'lifelonglearningjob.go:432] lifelonglearning job default/a, conditions: [{Failed True Train}]'),
      'debug',
    ],
    ['failed stage is raised', klog('I', 'lifelonglearningjob.go:418] job default/a Train stage failed!'), 'error'],
    ['refused update is raised', klog('I', 'x.go:280] job default/a failed to be updated, err:failed to get'), 'error'],
    ['SQL echo', '2026-11-23 18:28:45,843 INFO sqlalchemy.engine.Engine UPDATE ll_task_grp SET deploy=?', 'debug'],
    ['uvicorn ok', 'INFO:     127.0.0.1:49898 - "POST /knowledgebase/update HTTP/1.1" 200 OK', 'info'],
    ['uvicorn 500', 'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal', 'error'],
    ['uvicorn error', 'ERROR:    Exception in ASGI application', 'error'],
    ['storage initializer', '2026-11-23 18:45:54,055 INFO download:70] Start to download', 'info'],
    ['traceback start', 'Traceback (most recent call last):', 'error'],
    ['traceback end', "ValueError: can't find class type knowledge_management class name X", 'error'],
    ['traceback end without text', 'EOFError', 'error'],
    ['exception of a package with a digit', 'urllib3.exceptions.MaxRetryError: refused', 'error'],
    ['qualified exception', 'requests.exceptions.ConnectionError: refused', 'error'],
    [
      'traceback whose lines are joined',
      'Traceback (most recent call last):\n  File "train.py", line 62, in <module>\n    train()\nValueError: no',
      'error',
    ],
    [
      'traceback that is joined to the line before',
      `${worker('32', 'a.py(1)', 'INFO', 'MTL update start 0')}\nTraceback (most recent call last):\nEOFError`,
      'error',
    ],
    [
      'second traceback of a failure',
      'During handling of the above exception, another exception occurred:\nTraceback (most recent call last):\nEOFError',
      'error',
    ],
    ['uvicorn error with its traceback', 'ERROR:    Exception in ASGI application\nTraceback (most recent', 'error'],
    ['klog with line breaks', klog('W', 'common.go:176] Error to update:\nE1123 is not at the start'), 'warning'],
    [
      'history of GM with line breaks',
      klog('I', 'l.go:432] lifelonglearning job a/b,\n conditions: [{Failed'),
      'debug',
    ],
    [
      'SQL of several lines',
      '2026-11-23 18:28:45,843 INFO sqlalchemy.engine.Engine SELECT a\nFROM b\nTraceback',
      'debug',
    ],
    ['panic of Go', 'panic: runtime error: index out of range\n\ngoroutine 1 [running]:', 'error'],
    ['print that mentions an error later', 'epoch 1\nValueError: not a traceback', 'unknown'],
    ['print', "{'Autumn_1.0': {'mlogloss': 0.4}}", 'unknown'],
    ['empty', '', 'unknown'],
  ];
  it.each(cases)('%s', (_, line, level) => expect(parseLevel(line)).toBe(level));
});

describe('parts of a line', () => {
  it('parses a worker line with color codes', () => {
    expect(parseLogLine(worker('32', 'seen_task_learning.py(253)', 'INFO', 'MTL Train start 0 : Autumn_1.0'))).toEqual({
      format: 'worker',
      level: 'info',
      time: '2026-11-23 18:45:54,055',
      file: 'seen_task_learning.py',
      fileLine: 253,
      message: 'MTL Train start 0 : Autumn_1.0',
    });
  });

  it('reads klog', () => {
    expect(parseLogLine(klog('E', 'upstream.go:71] Error to handle lifelonglearningjob'))).toEqual({
      format: 'klog',
      level: 'error',
      time: '1123 08:41:26.647075',
      file: 'upstream.go',
      fileLine: 71,
      message: 'Error to handle lifelonglearningjob',
    });
  });

  it.each([
    ['sqlalchemy', '2026-11-23 18:28:45,843 INFO sqlalchemy.engine.Engine BEGIN (implicit)', 'BEGIN (implicit)'],
    ['storage-initializer', '2026-11-23 18:45:54,055 INFO download:70] Copying', 'Copying'],
    ['uvicorn-access', 'INFO:     127.0.0.1:4 - "GET /a HTTP/1.1" 200 OK', '127.0.0.1:4 - "GET /a HTTP/1.1" 200 OK'],
    ['uvicorn', 'INFO:     Application startup complete.', 'Application startup complete.'],
    ['gorm', '2026/11/23 02:06:32 /code/pkg/localcontroller/db/db.go:52 record not found', 'record not found'],
    ['plain', 'Traceback (most recent call last):', 'Traceback (most recent call last):'],
  ])('knows %s', (format, line, message) => {
    expect(parseLogLine(line)).toMatchObject({ format, message });
  });
});

it.each([
  worker('32', 'seen_task_learning.py(253)', 'INFO', 'MTL Train start 0 : Autumn_1.0'),
  klog('E', 'upstream.go:71] Error to handle lifelonglearningjob'),
  '2026-11-23 18:45:54,055 INFO download:70] Copying',
  '2026/11/23 02:06:32 /code/pkg/localcontroller/db/db.go:52 record not found',
  '2026-11-23 18:28:45,843 INFO sqlalchemy.engine.Engine BEGIN (implicit)',
  'INFO:     127.0.0.1:4 - "GET /a HTTP/1.1" 200 OK',
  'Traceback (most recent call last):',
])('tells Loki the same place in the code as the reader here: %s', (line) => {
  const { file, fileLine } = parseLogLine(line);
  const found = new RegExp(SOURCE_PATTERN.replaceAll('(?P<', '(?<')).exec(stripAnsi(line))?.groups;
  expect(found && [found.file, Number(found.line)]).toEqual(file === undefined ? undefined : [file, fileLine]);
});

it('removes color codes only', () => {
  expect(stripAnsi(`${ESC}[1;31mred${ESC}[0m [not a code]`)).toBe('red [not a code]');
});

describe('messages that look like errors and mean nothing', () => {
  it('are explained in the documentation', () => {
    const pages = readFileSync(path.join(__dirname, '../../../docs/use/pages.md'), 'utf8');
    expect(HARMLESS_MESSAGES.filter(({ text }) => !pages.includes(text))).toEqual([]);
  });

  it.each([
    klog('W', 'warnings.go:70] unknown field "spec.trainSpec.template.metadata.creationTimestamp"'),
    klog(
      'E',
      'websocket.go:109] failed to handle message({Namespace:default ResourceKind:jointinferenceservice ResourceName:ji Operation:update}): unknown operation: update'
    ),
    klog(
      'E',
      'reflector.go:147] Failed to watch *v1alpha1.ReidJob: failed to list *v1alpha1.ReidJob: the server could not find the requested resource (get reidjobs.sedna.io)'
    ),
  ])('are lowered: %s', (line) => expect(parseLevel(line)).toBe('debug'));

  it.each([
    klog('W', 'warnings.go:70] unknown field "spec.trainSpec.tirgger"'),
    klog('E', 'websocket.go:109] failed to handle message({Operation:delete}): not found'),
    klog('E', 'upstream.go:71] Error to handle a/b: the server could not find the requested resource'),
  ])('are no others: %s', (line) => expect(parseLevel(line)).not.toBe('debug'));
});

(NO_RECORDING ? describe.skip : describe)(`recorded lines${NO_RECORDING ? ` (${NO_RECORDING})` : ''}`, () => {
  it('of the global manager and the local controller form entries that all have a level', () => {
    const { patterns } = MULTILINE_RULES.find(({ id }) => id === 'go')!;
    const isNotLast = new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'));
    const lines = readRecordedLines(/^(gm|lc)-/).filter(({ stream }) => stream === 'stderr');
    const entries: string[] = [];
    let open = false;
    for (const { text } of lines) {
      entries.push(open ? `${entries.pop()}\n${text}` : text);
      open = isNotLast.test(text);
    }
    expect(entries.filter((entry) => parseLevel(entry) === 'unknown').map((entry) => entry.slice(0, 200))).toEqual([]);
    expect(entries.length).toBeGreaterThan(5_000);
  });

  it('have no warning or error that the documentation calls harmless', () => {
    const lines = readRecordedLines(/^(gm|lc)-/).map(({ text }) => text);
    const isHarmless = (text: string) => HARMLESS_MESSAGES.some((message) => text.includes(message.text));
    const harmless = lines.filter(isHarmless);
    expect(harmless.length).toBeGreaterThan(1_000);
    expect(harmless.filter((text) => parseLevel(text) !== 'debug')).toEqual([]);
  });
});
