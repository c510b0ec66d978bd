import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { getPanel } from './AppPage';
import { toResourcePath, toUrl, type Query, type ResourceAddress } from './urls';

const IDS = TEST_IDS.resource;

/** The page of one object; its Object tab is in ObjectTab.ts. */
export class ResourcePage {
  readonly status: Locator;
  readonly statePanel: Locator;
  readonly linesPanel: Locator;
  readonly rounds: Locator;
  readonly roundChanges: Locator;
  readonly noFindings: Locator;
  readonly checklist: Locator;
  readonly workers: Locator;
  readonly metricPanels: Locator;
  readonly relations: Locator;
  readonly noResults: Locator;

  constructor(readonly page: Page) {
    this.status = page.getByTestId(IDS.status);
    this.statePanel = getPanel(page, 'State over time');
    this.linesPanel = getPanel(page, 'Newest lines');
    this.rounds = page.getByTestId(IDS.rounds);
    this.roundChanges = page.getByTestId(IDS.roundChanges);
    this.noFindings = page.getByTestId(IDS.noFindings);
    this.checklist = page.getByTestId(IDS.trainingChecklist);
    this.workers = page.getByTestId(IDS.workers);
    this.metricPanels = page.getByTestId(IDS.metricPanels);
    this.relations = page.getByTestId(IDS.relations);
    this.noResults = page.getByText('No results found');
  }

  /** @param tab last part of the URL; the Status tab unless given */
  async open(address: ResourceAddress, tab?: string, query?: Query): Promise<void> {
    await this.page.goto(toUrl(toResourcePath(address, tab), query));
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  getHeading(name: string): Locator {
    return this.page.getByRole('heading', { name }).first();
  }

  /** Returns the value of a fact in the status summary together with its label. */
  getStatusItem(label: string): Locator {
    return this.status.getByText(label).locator('../..');
  }

  /** Returns a row of the table of rounds by its heading. */
  getRoundsRow(heading: RegExp): Locator {
    return this.rounds.getByRole('row', { name: heading });
  }

  /** @param rule id, such as `crash-loop` */
  getFinding(rule: string): Locator {
    return this.page.locator(`[data-rule="${rule}"]`);
  }

  /** Returns an item of the training checklist; its `data-state` is `ok`, `not-ok`, or `unknown`. */
  getChecklistItem(item: 'dataset' | 'window' | 'trigger'): Locator {
    return this.checklist.locator(`[data-item="${item}"]`);
  }

  getWorker(name: RegExp): Locator {
    return this.workers.getByRole('row').filter({ hasText: name });
  }

  /** Opens the logs of the first worker whose pod name matches. */
  async openWorkerLogs(pod: RegExp): Promise<void> {
    await this.workers.getByRole('link', { name: pod }).first().click();
  }

  /** Opens another object of the Relations tab. */
  async openRelation(name: string): Promise<void> {
    await this.relations.getByRole('link', { name }).click();
  }
}
