import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { toUrl, type Query } from './urls';

/** What all pages of the app have in common. */
export abstract class AppPage {
  readonly queryErrors: Locator;

  /** @param path of the page below the app's root, such as `logs` */
  constructor(
    readonly page: Page,
    private readonly path: string
  ) {
    this.queryErrors = page.getByTestId(TEST_IDS.queryError);
  }

  async open(query?: Query): Promise<void> {
    await this.page.goto(toUrl(this.path, query));
  }

  getPanel(title: string | RegExp): Locator {
    return getPanel(this.page, title);
  }

  /** Presses the refresh button of the time controls. */
  async refresh(): Promise<void> {
    await this.page.getByTestId('data-testid RefreshPicker run button').click();
  }

  /**
   * Selects an option of one of Grafana's comboboxes by typing.
   * @param option text that the option contains
   */
  protected async selectOption(label: string, option: string): Promise<void> {
    // The accessible name of a field ends with its description, so only its start is compared.
    const box = this.page.getByRole('combobox', { name: new RegExp(`^${label.replace(/[()]/g, '\\$&')}( |$)`) });
    await box.click();
    await box.fill(option);
    await this.page.getByRole('option', { name: option }).first().click();
  }
}

export const PANEL_PREFIX = 'data-testid Panel header ';

/** Returns the first panel of Grafana that has this title; a pattern matches the whole test id. */
export const getPanel = (page: Page, title: string | RegExp): Locator =>
  page.getByTestId(typeof title === 'string' ? `${PANEL_PREFIX}${title}` : title).first();
