import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { defineConfig, devices } from '@playwright/test';

const auth = `${dirname(require.resolve('@grafana/plugin-e2e'))}/auth`;
/** A browser of the system, where Playwright's own cannot be downloaded. */
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

/** Specs that write a million log lines or thousands of metrics. */
const LARGE_DATA = /(browseManyMetrics|searchMillionLogLines)\.spec\.ts$/;

const browser = {
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    storageState: 'playwright/.auth/admin.json',
  },
  dependencies: ['auth'],
};

export default defineConfig<PluginOptions>({
  testDir: './tests/e2e/specs',
  testMatch: '*.spec.ts',
  // All specs share one stack, and one of them stops its servers.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: process.env.GRAFANA_URL ?? 'http://127.0.0.1:3000',
    // Without the film strip, which is the expensive part of a trace; to record it: npm run e2e -- --trace on <file>
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: chromium,
      args: chromium ? ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] : [],
    },
  },
  projects: [
    { name: 'auth', testDir: auth, testMatch: [/.*\.js/] },
    { name: 'chromium', testIgnore: LARGE_DATA, ...browser },
    // After the others: they fill the shared servers with more than the demo has, which makes each query slower.
    { name: 'large-data', testMatch: LARGE_DATA, ...browser },
  ],
});
