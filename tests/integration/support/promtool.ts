import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { findBinary, findFormerBinary } from '../../../tools/engines';

/** Runs promtool of one version of Prometheus. Fails with its output. */
export type Promtool = (args: readonly string[], cwd?: string) => Promise<void>;

const runWith =
  (binary: string): Promtool =>
  (args, cwd) =>
    promisify(execFile)(binary, args, { cwd, maxBuffer: 64 * 1024 * 1024 }).then(
      () => undefined,
      ({ message, stdout = '', stderr = '' }: Error & { stdout?: string; stderr?: string }) =>
        assert.fail(`${message}\n${stdout}${stderr}`.slice(0, 6000))
    );

/** Defines a test for promtool of Prometheus 3. */
export const testWithPromtool = (name: string, run: (promtool: Promtool) => Promise<void>): void =>
  void test(name, () => run(runWith(findBinary('promtool'))));

/**
 * Defines a test for promtool of Prometheus 3, and one for that of Prometheus 2: their ranges differ by the sample at the
 * start, which expressions must not depend on.
 */
export function testWithEachPromtool(name: string, run: (promtool: Promtool) => Promise<void>): void {
  const former = findFormerBinary('promtool-2');
  test(`${name} in Prometheus 3`, () => run(runWith(findBinary('promtool'))));
  test(`${name} in Prometheus 2`, { skip: former ? false : 'this system has no package of Prometheus 2' }, () =>
    run(runWith(former!))
  );
}
