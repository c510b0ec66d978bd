import { readFileSync } from 'node:fs';
import { disableSaveDialog, expect, takeScreenshot, test } from '../support/test';

test('asks for a namespace first, then shows log volume and lines', async ({ page, monitor, logs }) => {
  await logs.open();
  await logs.pickNamespace('default');
  await expect(logs.volume).toBeVisible();
  await expect(logs.lines).toContainText(/INFO|unknown|\d\d:\d\d:\d\d/);
  await expect(page).toHaveURL(/namespace=default/);
  expect(monitor.errors).toEqual([]);
});

test('finds the traceback of a crashing pod by pod and two keywords', async ({ page, monitor, resource, logs }) => {
  await resource.open({ name: 'stuck-running-crash-loop' }, 'workers');
  await resource.openWorkerLogs(/-train-/);
  await expect(page).toHaveURL(/pod=stuck-running-crash-loop-train-/);
  for (const keyword of ['valueerror', 'UpdateStrategyDefault']) {
    await logs.addKeyword(keyword);
  }
  await expect(logs.lines).toContainText(
    "ValueError: can't find class type knowledge_management class name UpdateStrategyDefault"
  );
  await expect(page).toHaveURL(/include=valueerror/);
  await takeScreenshot(page, 'logs');
  await page.reload();
  await expect(logs.lines).toContainText('ValueError');
  expect(monitor.errors).toEqual([]);
});

test('shows an empty state for a keyword that no line contains', async ({ logs }) => {
  await logs.open({ namespace: 'default', include: 'no such text anywhere' });
  await expect(logs.noResults).toBeVisible();
});

test('treats a failed stage as an error although Sedna logs it at INFO', async ({ logs }) => {
  await logs.open({ namespace: 'sedna', include: 'stage failed!', level: 'error' });
  await expect(logs.lines).toContainText('stage failed!');
  await logs.open({ namespace: 'sedna', include: 'stage failed!', level: 'info' });
  await expect(logs.noResults).toBeVisible();
});

test('selects a pod by a part of its name', async ({ page, logs }) => {
  await logs.open({ namespace: 'sedna' });
  await logs.selectPod('gm-');
  await expect(page).toHaveURL(/pod=gm-/);
});

test('rejects a keyword that is not a regular expression before it queries lines', async ({ page, monitor, logs }) => {
  await logs.open({ namespace: 'default', include: 'a(b', keywords: 'regex' });
  await expect(page.getByRole('alert', { name: /Loki can't parse "a\(b" as a regular expression/ })).toContainText(
    'missing closing )'
  );
  expect(monitor.queries.filter((query) => query.includes('decolorize'))).toEqual([]);
  await page.getByRole('button', { name: 'Search as plain text' }).click();
  await expect(logs.noResults).toBeVisible();
  await expect(page).not.toHaveURL(/keywords=regex/);
});

test('finds lines by a regular expression', async ({ logs }) => {
  await logs.open({ component: 'global-manager', include: 'stage (failed|completed)!', keywords: 'regex' });
  await expect(logs.lines).toContainText('stage failed!');
});

test('streams new lines until the user stops', async ({ page, monitor, logs }) => {
  await logs.open({ component: 'global-manager' });
  await logs.startLive();
  await expect(page.getByText('Streaming')).toBeVisible();
  await expect(logs.liveLines).toContainText(/\.go:\d+\]/);
  await takeScreenshot(page, 'logs-live');
  await logs.stopLive();
  await expect(logs.lines).toBeVisible();
  expect(monitor.errors).toEqual([]);
});

test('shows the context of a line and copies a link that opens at the line', async ({ page, context, logs }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await logs.open({ namespace: 'sedna', include: 'stage failed!' });
  const line = logs.lines.locator('.log-line-body, [class*=logLine]').filter({ hasText: 'stage failed!' });
  await expect(line.first()).toBeVisible();
  await logs.chooseForFirstLine('Show context');
  await expect(logs.dialog).toContainText('stage failed!');
  await takeScreenshot(page, 'logs-context');
  await page.keyboard.press('Escape');
  await logs.chooseForFirstLine('Copy link to this line');
  await expect(logs.linkCopied).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await expect(logs.lines).toContainText('stage failed!');
});

test('downloads all lines of the range, not only the ones that are shown', async ({ page, logs }) => {
  await disableSaveDialog(page);
  await logs.open({ namespace: 'default', from: 'now-6h', to: 'now' });
  await expect(page.getByText(/Newest 500 lines/)).toBeVisible();
  const file = await (await logs.downloadAll()).path();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeGreaterThan(500);
});
