import { expect, takeScreenshot, test } from '../support/test';

test('the diagnosis says that a job waits because its dataset is not loaded', async ({ page, monitor, resource }) => {
  const countQueries = () => monitor.queries.filter((query) => query.includes('stuck-waiting-dataset')).length;
  await resource.open({ name: 'stuck-waiting-dataset' });
  await monitor.settled();
  const statusQueries = countQueries();
  await resource.openTab('Diagnosis');
  await expect(page).toHaveURL(/\/stuck-waiting-dataset\/diagnosis/);
  await expect(resource.getFinding('dataset-unread')).toContainText('missing-dataset');
  await expect(resource.getChecklistItem('dataset')).toHaveAttribute('data-state', 'not-ok');
  await monitor.settled();
  expect(statusQueries).toBeLessThanOrEqual(8);
  // Two for facts, one for lines, and the live object and the journal for the exact history.
  expect(countQueries() - statusQueries).toBeLessThanOrEqual(5);
  expect(monitor.errors).toEqual([]);
  await takeScreenshot(page, 'diagnosis');
});

test('the diagnosis says that a job waits for its time window and has no problem', async ({ resource }) => {
  await resource.open({ namespace: 'factory', name: 'odd-closed-window' }, 'diagnosis');
  await expect(resource.getChecklistItem('window')).toHaveAttribute('data-state', 'not-ok');
  await expect(resource.getChecklistItem('trigger')).toHaveAttribute('data-state', 'ok');
  await expect(resource.noFindings).toBeVisible();
});

test('the diagnosis shows why and how often a job fails', async ({ page, resource }) => {
  await resource.open({ name: 'stuck-failing-loop' }, 'diagnosis');
  const finding = resource.getFinding('failing-loop');
  await expect(finding).toContainText(/\d+ failures in a row/);
  await expect(finding).toContainText('What to do');
  await finding.getByRole('link', { name: 'Show query' }).first().click();
  await expect(page).toHaveURL(/\/explore/);
  await expect(page.getByText('stuck-failing-loop').first()).toBeVisible();
});

test('the diagnosis says that the report of a worker was lost', async ({ resource }) => {
  await resource.open({ name: 'stuck-report-lost' }, 'diagnosis');
  const finding = resource.getFinding('report-lost');
  await expect(finding).toContainText("Train report lost: Eval can't start");
  await expect(finding).toContainText('delete it and create it again');
});

test('the deployed model is shown and the diagnosis says that it is an old one', async ({ resource }) => {
  await resource.open({ name: 'stuck-old-model' });
  await expect(resource.getRoundsRow(/^Deployed model/)).toBeVisible();
  await resource.openTab('Diagnosis');
  await expect(resource.getFinding('index-not-updated')).toContainText(
    'The round completed, but an older model is in use'
  );
});

const STUCK: Array<[string, string]> = [
  ['stuck-ready-secret', 'pod-refused'],
  ['stuck-starting-image', 'pod-pending'],
  ['stuck-running-crash-loop', 'crash-loop'],
  ['stuck-deploy-copy', 'model-not-copied'],
];

for (const [name, rule] of STUCK) {
  test(`the diagnosis shows why ${name} is stuck`, async ({ resource }) => {
    await resource.open({ name }, 'diagnosis');
    await expect(resource.getFinding(rule)).toBeVisible();
  });
}
