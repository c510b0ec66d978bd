import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { AppPage } from './AppPage';

export class OverviewPage extends AppPage {
  readonly jobList: Locator;
  readonly jobs: Locator;
  readonly nodes: Locator;
  readonly components: Locator;
  readonly searchField: Locator;
  readonly searchResults: Locator;

  constructor(page: Page) {
    super(page, 'overview');
    this.jobList = page.getByTestId(TEST_IDS.overview.jobs);
    this.jobs = this.jobList.getByRole('listitem');
    this.nodes = page.getByTestId(TEST_IDS.overview.nodes);
    this.components = page.getByTestId(TEST_IDS.overview.components);
    this.searchField = page.getByRole('textbox', { name: 'Find a resource or pod by name' });
    this.searchResults = page.getByTestId(TEST_IDS.overview.searchResults);
  }

  getJob(name: string): Locator {
    return this.jobs.filter({ hasText: name });
  }

  /** Returns the level of each job from top to bottom: `failing`, `stuck`, or `none`. */
  getLevels(): Promise<Array<string | null>> {
    return this.jobs.evaluateAll((items) => items.map((item) => item.getAttribute('data-level')));
  }
}
