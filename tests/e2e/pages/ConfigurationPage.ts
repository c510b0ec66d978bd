import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { AppPage } from './AppPage';

export class ConfigurationPage extends AppPage {
  readonly saveButton: Locator;
  readonly readToken: Locator;
  readonly manifest: Locator;

  constructor(page: Page) {
    super(page, 'configuration');
    this.saveButton = page.getByRole('button', { name: 'Save' });
    this.readToken = page.locator('#configuration-kubernetesReadToken');
    this.manifest = page.getByLabel('Manifest');
  }

  getDataSource(role: 'prometheus' | 'loki'): Locator {
    return this.page.getByTestId(TEST_IDS.configuration[role]);
  }

  async testDataSource(role: 'prometheus' | 'loki'): Promise<void> {
    await this.getDataSource(role).getByRole('button', { name: 'Test' }).click();
  }

  async clearDataSource(role: 'prometheus' | 'loki'): Promise<void> {
    await this.getDataSource(role).getByRole('button', { name: 'Clear value' }).click();
  }

  selectPrometheus(name: string): Promise<void> {
    return this.selectOption('Prometheus', name);
  }

  async testKubernetesConnection(): Promise<void> {
    await this.page.getByRole('button', { name: 'Test connection' }).click();
  }

  async showSetupSteps(): Promise<void> {
    await this.page.getByText('How to set up the connection').click();
  }
}
