import type { Download, Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { AppPage } from './AppPage';
import { toUrl, type Query } from './urls';

export class MetricsPage extends AppPage {
  readonly catalog: Locator;
  readonly searchField: Locator;
  readonly table: Locator;
  readonly expression: Locator;

  constructor(page: Page) {
    super(page, 'metrics');
    this.catalog = page.getByTestId(TEST_IDS.metrics.catalog);
    this.searchField = page.getByLabel('Search metrics');
    this.table = page.getByTestId(TEST_IDS.metrics.table);
    this.expression = page.getByLabel('PromQL');
  }

  /** Changes the URL without loading the app again. */
  async navigate(query: Query): Promise<void> {
    await this.page.evaluate(
      (url) => {
        window.history.pushState({}, '', url);
        window.dispatchEvent(new PopStateEvent('popstate'));
      },
      toUrl('metrics', query)
    );
  }

  getCatalogRow(metric: string): Locator {
    return this.catalog.getByRole('row').filter({ hasText: metric });
  }

  getTableRow(series: string): Locator {
    return this.table.getByRole('row').filter({ hasText: series });
  }

  selectMetric(name: string): Promise<void> {
    return this.selectOption('Metric', name);
  }

  selectXAxis(axis: string): Promise<void> {
    return this.selectOption('X axis', axis);
  }

  async selectResource(name: string): Promise<void> {
    // `selectOption` would also find the field "Resource type".
    const field = this.page.getByLabel('Resource', { exact: true });
    await field.click();
    await field.fill(name);
    await this.page.getByRole('option', { name }).first().click();
  }

  async downloadCsv(): Promise<Download> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Download CSV' }).click();
    return download;
  }
}
