import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../../../src/ui/testIds';
import { toResourcePath, toUrl, type Query, type ResourceAddress } from './urls';

const IDS = TEST_IDS.object;

/** The Object tab of a resource: the live object, and actions on it. */
export class ObjectTab {
  readonly manifest: Locator;
  readonly matches: Locator;
  readonly findField: Locator;
  readonly conditions: Locator;
  readonly diff: Locator;
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.manifest = page.getByTestId(IDS.manifest);
    this.matches = page.getByTestId(IDS.matches);
    this.findField = page.getByLabel('Find in object');
    this.conditions = page.getByRole('table', { name: 'Conditions' });
    this.diff = page.getByTestId(IDS.diff);
    this.dialog = page.getByRole('dialog');
  }

  async open(address: ResourceAddress, query?: Query): Promise<void> {
    await this.page.goto(toUrl(toResourcePath(address, 'object'), query));
  }

  async showAs(format: 'YAML' | 'JSON'): Promise<void> {
    await this.page.getByRole('radio', { name: format }).check({ force: true });
  }

  /** Opens the dialog that creates an object, and has Kubernetes check a manifest without creating it. */
  async checkNewManifest(manifest: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Create from YAML' }).click();
    await this.page.getByTestId(IDS.newManifest).locator('.monaco-editor').first().click();
    await this.page.keyboard.insertText(manifest);
    await this.page.getByRole('button', { name: 'Check' }).click();
  }

  async create(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create', exact: true }).click();
  }

  async editLabel(label: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Edit labels and annotations' }).click();
    await this.page.getByLabel(`Value of ${label}`).fill(value);
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save' }).click();
  }

  /** Opens the dialog of an action that deletes the object. */
  async startDeletion(action: 'Delete' | 'Restart from round 1'): Promise<void> {
    await this.page.getByRole('button', { name: action, exact: true }).click();
  }

  /** What the dialog of a deletion says about pods and what is kept. */
  get deletionImpact(): Locator {
    return this.dialog.getByTestId(IDS.deletionImpact);
  }

  getConfirmButton(label: string): Locator {
    return this.dialog.getByRole('button', { name: label });
  }

  /** Types the name of the object, which enables the button, and presses it. */
  async confirmDeletion(name: string, label: string): Promise<void> {
    await this.dialog.getByLabel(/Type the name/).fill(name);
    await this.getConfirmButton(label).click();
  }
}
