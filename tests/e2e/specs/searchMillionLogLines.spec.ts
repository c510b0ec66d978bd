import { readFileSync } from 'node:fs';
import type { Needle } from '../../bench/manyLines';
import { appendLogs, fillLogs, isNativeStack } from '../support/control';
import { disableSaveDialog, expect, test } from '../support/test';

/** One line among a million, written as log files and shipped by the real collector. Takes minutes. */

const ENTRIES = 1_000_000;
const PODS = 200;
const DOWNLOADED_PODS = 20;

test.skip(!isNativeStack(), 'needs the native stack, whose log files can be written');

let needle: Needle;

test.beforeAll(async () => {
  test.setTimeout(900_000);
  needle = await fillLogs({ entries: ENTRIES, pods: PODS });
});

test('one line among a million is found by its pod and two keywords, with its whole traceback', async ({
  page,
  monitor,
  logs,
}) => {
  await logs.open({ namespace: needle.namespace, from: 'now-2h', to: 'now' });
  await logs.selectPod(needle.pod);
  await page.keyboard.press('Escape');
  for (const keyword of needle.keywords) {
    await logs.addKeyword(keyword);
  }
  await expect(page.getByText('The only line in the time range')).toBeVisible();
  for (const line of needle.lines) {
    await expect(logs.lines).toContainText(line.trim());
  }
  await expect(logs.lines).not.toContainText('uses 120 MB');
  expect(monitor.errors).toEqual([]);
});

test('the context of a line contains the lines that the pod wrote before and after', async ({ logs }) => {
  await logs.open({
    namespace: needle.namespace,
    pod: needle.pod,
    from: 'now-2h',
    to: 'now',
    include: needle.keywords,
  });
  await logs.chooseForFirstLine('Show context');
  const middle = ENTRIES / PODS / 2;
  await expect(logs.dialog).toContainText(needle.lines.at(-1)!);
  await expect(logs.dialog).toContainText(`step ${middle - 1}:`);
  await expect(logs.dialog).toContainText(`step ${middle + 1}:`);
});

test('the live view of a pod shows every line that it writes', async ({ page, monitor, logs }) => {
  await logs.open({ namespace: needle.namespace, pod: needle.pod, from: 'now-2h', to: 'now' });
  await logs.startLive();
  await expect(page.getByText('Streaming')).toBeVisible();
  for (const round of [1, 2, 3]) {
    const texts = Array.from({ length: 5 }, (_, index) => `live round ${round} line ${index}`);
    await appendLogs({ pod: needle.pod, texts });
    for (const text of texts) {
      await expect(logs.liveLines).toContainText(text);
    }
  }
  expect(monitor.errors).toEqual([]);
});

test('100,000 lines of a range are downloaded, each of them once', async ({ page, logs }) => {
  test.setTimeout(300_000);
  await disableSaveDialog(page);
  const pods = Array.from({ length: DOWNLOADED_PODS }, (_, index) => `survey-train-${String(index).padStart(5, '0')}`);
  await logs.open({ namespace: needle.namespace, from: 'now-2h', to: 'now', pod: pods });
  await expect(page.getByText(/Newest 500 lines/)).toBeVisible();
  const download = await logs.downloadAll({ timeout: 240_000 });
  const file = readFileSync(await download.path(), 'utf8');
  // An entry begins at the start of a line: time, pod, text.
  const entries = file.split('\n').filter((line) => /^\d{4}-\S+Z survey-train-\d{5} /.test(line));
  expect(entries).toHaveLength((ENTRIES / PODS) * DOWNLOADED_PODS);
  expect(new Set(entries).size).toBe(entries.length);
  for (const pod of pods) {
    expect(entries.filter((entry) => entry.split(' ', 2)[1] === pod)).toHaveLength(ENTRIES / PODS);
  }
});
