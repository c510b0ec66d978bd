import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { AppPage } from './AppPage';

const IDS = TEST_IDS.knowledgeBase;

export class KnowledgeBasePage extends AppPage {
  readonly summary: Locator;
  readonly tasks: Locator;
  readonly taskField: Locator;
  readonly droppedTasks: Locator;
  readonly history: Locator;
  readonly relations: Locator;

  constructor(page: Page) {
    super(page, 'knowledge-base');
    this.summary = page.getByTestId(IDS.summary);
    this.tasks = page.getByTestId(IDS.tasks);
    this.taskField = page.getByLabel('Task', { exact: true });
    this.droppedTasks = page.getByTestId(IDS.droppedTasks);
    this.history = page.getByTestId(IDS.history);
    this.relations = page.getByTestId(IDS.relations);
  }

  /** Returns the value of a fact in the summary. */
  getSummaryItem(label: string): Locator {
    return this.summary
      .locator('dl > div')
      .filter({ has: this.page.locator('dt', { hasText: label }) })
      .locator('dd')
      .first();
  }

  getTaskRow(task: string): Locator {
    return this.tasks
      .getByRole('row')
      .filter({ has: this.page.getByRole('cell', { name: task, exact: true }) })
      .first();
  }
}
