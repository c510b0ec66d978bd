/** Writes provisioning/dashboards; with --check it only compares, for a committed file must be fresh. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { collectionDashboard } from './collection';
import { customMetricsDashboard } from './customMetrics';
import { dataDashboard } from './data';
import { edgeNodesDashboard } from './edgeNodes';
import { inferenceDashboard } from './inference';
import { jobDashboard } from './job';
import { knowledgeBaseDashboard } from './knowledgeBase';
import { logsDashboard } from './logs';
import { federatedDashboard, incrementalDashboard, jointInferenceDashboard } from './otherKinds';
import { overviewDashboard } from './overview';
import { stagesDashboard } from './stages';
import { workersDashboard } from './workers';

/** Where Grafana's provisioning finds them. */
export const FOLDER = join(__dirname, '..', 'provisioning', 'dashboards');

/** Every dashboard, by file name. */
export const DASHBOARDS: Readonly<Record<string, () => Dashboard>> = {
  'sedna-overview.json': overviewDashboard,
  'sedna-job.json': jobDashboard,
  'sedna-stages.json': stagesDashboard,
  'sedna-data.json': dataDashboard,
  'sedna-workers.json': workersDashboard,
  'sedna-inference.json': inferenceDashboard,
  'sedna-knowledge-base.json': knowledgeBaseDashboard,
  'sedna-logs.json': logsDashboard,
  'sedna-custom.json': customMetricsDashboard,
  'sedna-nodes.json': edgeNodesDashboard,
  'sedna-incremental.json': incrementalDashboard,
  'sedna-federated.json': federatedDashboard,
  'sedna-joint-inference.json': jointInferenceDashboard,
  'sedna-collection.json': collectionDashboard,
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
      console.error(`Not fresh: ${stale.join(', ')}. Run "npm run generate:dashboards" and commit the result.`);
      process.exitCode = 1;
    }
  } else {
    for (const [name, build] of Object.entries(DASHBOARDS)) {
      writeFileSync(join(FOLDER, name), jsonOf(build()));
      console.log(`wrote provisioning/dashboards/${name}`);
    }
  }
}
