import type { Locator, Page } from '@playwright/test';
import { getPanel, PANEL_PREFIX } from './AppPage';

const WIDTH = 1600;

/** A dashboard of Grafana. */
export class DashboardPage {
  readonly panelErrors: Locator;
  readonly searchField: Locator;
  readonly menu: Locator;

  constructor(readonly page: Page) {
    this.panelErrors = page.getByTestId('data-testid Panel status error');
    this.searchField = page.getByPlaceholder('Enter value');
    this.menu = page.getByRole('menu');
  }

  /** Opens a dashboard in a window that is high enough to draw each of its panels. */
  async open(uid: string, query = ''): Promise<void> {
    // Without the docked menu, all controls have room.
    await this.page.addInitScript(() => localStorage.setItem('grafana.navigation.docked', 'false'));
    await this.page.setViewportSize({ width: WIDTH, height: 2900 });
    await this.page.goto(`/d/${uid}${query}`);
  }

  getPanel(title: string): Locator {
    return getPanel(this.page, title);
  }

  /** Returns the titles of panels that show "No data". */
  getTitlesWithoutData(): Promise<string[]> {
    return this.page
      .locator(`[data-testid^="${PANEL_PREFIX}"]`)
      .filter({ hasText: 'No data' })
      .evaluateAll(
        (panels, prefix) => panels.map((panel) => panel.getAttribute('data-testid')!.slice(prefix.length)),
        PANEL_PREFIX
      );
  }

  /** Makes the window as high as the dashboard, for a screenshot. */
  async fitHeight(): Promise<void> {
    const bottom = await this.page.evaluate(() =>
      Math.max(...Array.from(document.querySelectorAll('section'), (each) => each.getBoundingClientRect().bottom))
    );
    await this.page.setViewportSize({ width: WIDTH, height: Math.ceil(bottom) + 16 });
  }

  /** Chooses a link of the app from the Extensions menu of a panel. */
  async chooseExtension(panel: string, link: string): Promise<void> {
    await this.getPanel(panel).hover();
    await this.page.getByRole('button', { name: `Menu for panel ${panel}` }).click();
    await this.page.getByRole('menuitem', { name: 'Extensions' }).hover();
    await this.page.getByRole('menuitem', { name: link }).click();
  }
}
