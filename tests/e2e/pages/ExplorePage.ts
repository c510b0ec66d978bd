import type { Page } from '@playwright/test';

type DataSourceType = 'prometheus' | 'loki';

/** Grafana's Explore. */
export class ExplorePage {
  constructor(readonly page: Page) {}

  /** Runs a query over the last two hours. */
  async open(expr: string, type: DataSourceType): Promise<void> {
    const uid = `sedna-${type}`;
    const pane = {
      datasource: uid,
      queries: [{ refId: 'A', expr, instant: type === 'prometheus', datasource: { type, uid } }],
      range: { from: 'now-2h', to: 'now' },
    };
    await this.page.goto(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`);
  }

  /** Chooses a link of the app from the menu "Add" and confirms it. */
  async followLink(link: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add', exact: true }).click();
    await this.page.getByRole('menuitem', { name: link }).click();
    await this.page.getByRole('button', { name: 'Open', exact: true }).click();
  }
}
