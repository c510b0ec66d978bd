import { FRAMEWORK_LEVEL_CHARS, FRAMEWORK_LEVEL_RULES } from './frameworkLevels';

const RULES = FRAMEWORK_LEVEL_RULES.map(({ pattern, level }) => ({ level, pattern: new RegExp(pattern, 's') }));

/** As the collectors apply the rules. */
const getLevel = (entry: string) =>
  RULES.find(({ pattern }) => pattern.test(entry.slice(0, FRAMEWORK_LEVEL_CHARS)))?.level;

describe('FRAMEWORK_LEVEL_RULES', () => {
  it.each([
    ['error', '{"time":"2026-12-01T08:00:00Z","level":"ERROR","msg":"a"}'],
    ['error', '{"msg":"a","severity": "critical"}'],
    ['warning', '{"levelname": "WARNING", "message": "x"}'],
    ['info', '{"@level":"info","@message":"x"}'],
    ['debug', '{"log.level":"trace"}'],
    ['error', '{"level":50,"time":1700000000000,"msg":"x"}'],
    ['info', '{"level":30,"msg":"an error happened"}'],
    ['error', 'ts=2026-12-01T08:00:00Z caller=a.go:1 level=error msg="x"'],
    ['warning', 'level="warn" msg=x'],
    ['info', 'time="2026-12-01T08:00:00Z" level=info msg="error 1"'],
    ['error', '2026-12-01 08:00:00.123 | ERROR    | mod:func:12 - message'],
    ['info', '2026-12-01 08:00:00.123 | SUCCESS  | mod:func:12 - message'],
    [
      'warning',
      '2026-12-01 08:00:00.123456: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load',
    ],
    ['error', '2026-12-01 08:00:00.123456: E external/local_xla/xla/stream_executor/cuda/cuda_fft.cc:477] Unable'],
    ['info', '2026-12-01 08:00:00.123456: I tensorflow/core/platform/cpu_feature_guard.cc:193] This'],
    ['error', '2026-12-01 08:00:00,123 - my.module - ERROR - message'],
    ['debug', '2026-12-01 08:00:00,123 - root - DEBUG - message'],
    ['error', '[2026-12-01 08:00:00,123] [ERROR] message'],
    ['error', '[2026-12-01 08:00:00 +0000] [7] [ERROR] Exception in worker process'],
    ['info', '[INFO] message with error'],
    ['warning', '[main] [WARN] message'],
    ['error', "2026/12/01 08:00:00 /app/db.go:12 Error 1146 (42S02): Table x doesn't exist"],
    ['error', '2026/12/01 08:00:00 /app/db.go:12 [error] failed to initialize database'],
    ['warning', '2026/12/01 08:00:00 /app/db.go:12 SLOW SQL >= 200ms'],
    ['error', '2026-12-01 08:00:00.123 ERROR 1 --- [main] c.e.demo.Application : failed'],
    ['warning', '08:00:00.123 [main] WARN com.example.App - message'],
    ['error', '2026-12-01T08:00:00.123+01:00 ERROR [http-nio-8080-exec-1] message'],
    ['info', '2026-12-01T08:00:00.123Z\tINFO\tcontroller/controller.go:1\tStarting'],
    ['error', 'SEVERE: Servlet.service() threw exception'],
    ['error', 'E1201 08:00:00.123456       1 a.cc:1] x'],
    ['error', 'F20261201 08:00:00.123456 12345 a.cc:1] x'],
    ['warning', 'W20261201 08:00:00.123456 12345 a.cc:1] x'],
    ['error', 'Killed'],
    ['error', './run.sh: line 3:     7 Killed                  python train.py'],
    ['error', 'Segmentation fault (core dumped)'],
    ['error', '/bin/sh: line 1:  12 Aborted (core dumped) ./infer'],
    ['error', 'Fatal Python error: Segmentation fault'],
    ['error', "terminate called after throwing an instance of 'std::bad_alloc'"],
    ['error', "thread 'main' panicked at src/main.rs:2:5"],
    ['error', 'Exception in thread "main" java.lang.NullPointerException'],
    ['error', 'ERROR: message'],
    ['error', 'ERROR:root:message'],
    ['warning', 'WARNING - message'],
    ['error', 'error: unknown flag'],
    ['error', '01/Dec/2026 08:00:00 ERROR message'],
    ['error', '[E 2026-12-01 08:00:00.000 ServerApp] x'],
  ])('finds %s in %j', (level, entry) => expect(getLevel(entry)).toBe(level));

  it.each([
    '0 errors',
    'no error',
    'No errors found',
    'finished with 0 errors, 3 warnings',
    'error_rate=0',
    'error rate: 0.0',
    'errors: 0',
    'epoch 3: error count = 0',
    'without any error',
    'failed=0 passed=12',
    '{"loss": 0.3, "errors": 0}',
    'exceptions: 0%',
  ])('finds no error in %j', (entry) => expect(getLevel(entry)).toBe('info'));

  it.each([
    'epoch 3 loss 0.12',
    'error_rate=0.25',
    'errors: 10',
    'the ERROR of the model falls',
    'mean squared error 0.1',
    'Killed processes are restarted',
    'KilledBy is a film',
    'Informational text',
    '2026-12-01 08:00:00 the words ERROR and WARN are data of a task here in line',
    '',
  ])('leaves %j to Loki', (entry) => expect(getLevel(entry)).toBeUndefined());

  it('reads no more than the start of an entry', () =>
    expect(getLevel(`{"text":"${'x'.repeat(2000)}","level":"error"}`)).toBeUndefined());
});
