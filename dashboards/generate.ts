/** Writes provisioning/dashboards; with --check it only compares, for a committed file must be fresh. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { overviewDashboard } from './overview';

const FOLDER = join(__dirname, '..', 'provisioning', 'dashboards');

/** Every dashboard, by file name. */
export const DASHBOARDS: Readonly<Record<string, () => Dashboard>> = {
  'sedna-overview.json': overviewDashboard,
};

const jsonOf = (dashboard: Dashboard) => `${JSON.stringify(dashboard, null, 2)}\n`;

/** File names whose content is not what the code makes now. */
export function staleFiles(): string[] {
  return Object.entries(DASHBOARDS)
    .filter(([name, build]) => {
      const file = join(FOLDER, name);
      return !existsSync(file) || readFileSync(file, 'utf8') !== jsonOf(build());
    })
    .map(([name]) => name);
}

if (require.main === module) {
  if (process.argv.includes('--check')) {
    const stale = staleFiles();
    if (stale.length > 0) {
      console.error(`Not fresh: ${stale.join(', ')}. Run "npm run dashboards" and commit the result.`);
      process.exitCode = 1;
    }
  } else {
    for (const [name, build] of Object.entries(DASHBOARDS)) {
      writeFileSync(join(FOLDER, name), jsonOf(build()));
      console.log(`wrote provisioning/dashboards/${name}`);
    }
  }
}
