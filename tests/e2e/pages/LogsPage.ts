import type { Download, Locator, Page } from '@playwright/test';
import { AppPage } from './AppPage';

export class LogsPage extends AppPage {
  readonly lines: Locator;
  readonly volume: Locator;
  readonly liveLines: Locator;
  readonly noResults: Locator;
  readonly table: Locator;
  readonly dialog: Locator;
  readonly keywordField: Locator;
  readonly linkCopied: Locator;

  constructor(page: Page) {
    super(page, 'logs');
    this.lines = this.getPanel('Lines');
    this.volume = this.getPanel('Log volume, shown lines');
    this.liveLines = this.getPanel('Live lines');
    this.noResults = page.getByText('No results found');
    this.table = page.getByRole('table');
    this.dialog = page.getByRole('dialog');
    this.keywordField = page.locator('#logs-include');
    this.linkCopied = page.getByText('Link copied to clipboard');
  }

  /** Selects one of the namespaces that the page offers while none is selected. */
  async pickNamespace(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async addKeyword(keyword: string): Promise<void> {
    await this.keywordField.fill(keyword);
    await this.keywordField.press('Enter');
  }

  selectPod(name: string): Promise<void> {
    return this.selectOption('Pods', name);
  }

  selectRound(round: string): Promise<void> {
    return this.selectOption('Round', round);
  }

  selectStage(stage: string): Promise<void> {
    return this.selectOption('Stage (worker)', stage);
  }

  async startLive(): Promise<void> {
    await this.page.getByRole('button', { name: 'Live', exact: true }).click();
  }

  async stopLive(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop', exact: true }).click();
  }

  /** Chooses an item from the menu of the first line. */
  async chooseForFirstLine(item: 'Show context' | 'Copy link to this line'): Promise<void> {
    await this.lines.getByLabel('Log menu').first().click();
    await this.page.getByText(item).click();
  }

  async chooseAction(item: 'Create alert rule' | 'Add to dashboard'): Promise<void> {
    await this.page.getByRole('button', { name: 'Actions', exact: true }).click();
    await this.page.getByText(item).click();
  }

  async openSavedSearches(): Promise<void> {
    await this.page.getByRole('button', { name: 'Saved searches' }).click();
  }

  async saveSearch(name: string): Promise<void> {
    await this.openSavedSearches();
    await this.page.getByLabel('Save this search as').fill(name);
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  getSavedSearch(name: string): Locator {
    return this.dialog.getByText(name);
  }

  async copyLink(): Promise<void> {
    await this.page.getByRole('button', { name: 'Copy link' }).click();
  }

  /**
   * Downloads all lines of the search.
   * @param timeout milliseconds until the download must start
   */
  async downloadAll({ timeout }: { timeout?: number } = {}): Promise<Download> {
    await this.page.getByRole('button', { name: 'Download all' }).click();
    const started = this.page.waitForEvent('download', { timeout });
    await this.dialog.getByRole('button', { name: /^Download/ }).click();
    return started;
  }
}
