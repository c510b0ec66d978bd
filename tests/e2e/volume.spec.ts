import { readFileSync } from 'node:fs';
import type { Needle } from '../bench/manyLines';
import { appendLogs, canWriteFiles, fillLogs } from './control';
import { APP, expect, test } from './support';

/** One entry among a million, written as log files and shipped by the real collector. Last by name: it takes minutes. */

const ENTRIES = 1_000_000;
const PODS = 200;
const DOWNLOADED_PODS = 20;
const LINES = 'data-testid Panel header Lines';

test.describe.configure({ mode: 'serial' });
test.skip(!canWriteFiles(), 'needs the native stack, whose log files can be written');

let needle: Needle;

test.beforeAll(async () => {
  test.setTimeout(900_000);
  needle = await fillLogs({ entries: ENTRIES, pods: PODS });
});

test('one entry among a million is found by its pod and two keywords, with its whole traceback', async ({
  page,
  watched,
}) => {
  await page.goto(`${APP}/logs?namespace=${needle.namespace}&from=now-2h&to=now`);
  const pods = page.getByRole('combobox', { name: /^Pods/ });
  await pods.click();
  await pods.fill(needle.pod);
  await page.getByRole('option', { name: needle.pod }).click();
  await page.keyboard.press('Escape');
  for (const keyword of needle.keywords) {
    await page.locator('#logs-include').fill(keyword);
    await page.locator('#logs-include').press('Enter');
  }
  await expect(page.getByText('The only line in the time range')).toBeVisible();
  for (const line of needle.lines) {
    await expect(page.getByTestId(LINES)).toContainText(line.trim());
  }
  await expect(page.getByTestId(LINES)).not.toContainText('uses 120 MB');
  expect(watched.errors).toEqual([]);
});

test('the lines around it are those that the pod wrote before and after', async ({ page }) => {
  const address = new URLSearchParams({ namespace: needle.namespace, pod: needle.pod, from: 'now-2h', to: 'now' });
  needle.keywords.forEach((keyword) => address.append('include', keyword));
  await page.goto(`${APP}/logs?${address}`);
  await page.getByTestId(LINES).getByLabel('Log menu').first().click();
  await page.getByText('Show context').click();
  const middle = ENTRIES / PODS / 2;
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText(needle.lines.at(-1)!);
  await expect(drawer).toContainText(`step ${middle - 1}:`);
  await expect(drawer).toContainText(`step ${middle + 1}:`);
});

test('a pod is followed live: every line that it writes is shown', async ({ page, watched }) => {
  await page.goto(`${APP}/logs?namespace=${needle.namespace}&pod=${needle.pod}&from=now-2h&to=now`);
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(page.getByText('Streaming')).toBeVisible();
  const live = page.getByTestId('data-testid Panel header Live lines');
  for (const round of [1, 2, 3]) {
    const texts = Array.from({ length: 5 }, (_, index) => `live round ${round} line ${index}`);
    await appendLogs(needle.pod, texts);
    for (const text of texts) {
      await expect(live).toContainText(text);
    }
  }
  expect(watched.errors).toEqual([]);
});

test('100,000 entries of a range are downloaded, each of them once', async ({ page }) => {
  test.setTimeout(300_000);
  // The native dialog cannot be driven; the other way is the one of browsers without it.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  const address = new URLSearchParams({ namespace: needle.namespace, from: 'now-2h', to: 'now' });
  const pods = Array.from({ length: DOWNLOADED_PODS }, (_, index) => `survey-train-${String(index).padStart(5, '0')}`);
  pods.forEach((pod) => address.append('pod', pod));
  await page.goto(`${APP}/logs?${address}`);
  await expect(page.getByText(/Newest 500 lines/)).toBeVisible();
  await page.getByRole('button', { name: 'Download all' }).click();
  const started = page.waitForEvent('download', { timeout: 240_000 });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Download/ }).click();
  const file = readFileSync(await (await started).path(), 'utf8');
  // An entry begins at the start of a line: time, pod, text.
  const entries = file.split('\n').filter((line) => /^\d{4}-\S+Z survey-train-\d{5} /.test(line));
  expect(entries).toHaveLength((ENTRIES / PODS) * DOWNLOADED_PODS);
  expect(new Set(entries).size).toBe(entries.length);
  for (const pod of pods) {
    expect(entries.filter((entry) => entry.split(' ', 2)[1] === pod)).toHaveLength(ENTRIES / PODS);
  }
});
