import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { AppPage } from './AppPage';

export class ResourceListPage extends AppPage {
  readonly table: Locator;
  /** Rows of the table, the header included. */
  readonly rows: Locator;
  readonly nameField: Locator;
  readonly noMatches: Locator;

  constructor(page: Page) {
    super(page, 'resources');
    this.table = page.getByTestId(TEST_IDS.resourceList.table);
    this.rows = this.table.getByRole('row');
    this.nameField = page.getByRole('textbox', { name: 'Name' });
    this.noMatches = page.getByText('No resources match');
  }

  getColumn(name: string): Locator {
    return this.table.getByRole('columnheader', { name });
  }

  getLink(name: string | RegExp): Locator {
    return this.table.getByRole('link', { name, exact: true });
  }

  getStarButton(name: string): Locator {
    return this.page.getByRole('button', { name: `Star ${name}`, exact: true });
  }

  getUnstarButton(name: string): Locator {
    return this.page.getByRole('button', { name: `Unstar ${name}`, exact: true });
  }

  /** Returns the link to an object in one of the user's lists above the table. */
  getQuickLink(list: 'Starred' | 'Recently opened', name: string): Locator {
    return this.page.getByRole('region', { name: list }).getByRole('link', { name, exact: true });
  }

  selectKind(kind: string): Promise<void> {
    return this.selectOption('Kind', kind);
  }

  selectNamespace(namespace: string): Promise<void> {
    return this.selectOption('Namespace', namespace);
  }
}
