/** Writes provisioning/dashboards. With --check, only reports files that are out of date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { collectionDashboard } from './definitions/collection';
import { customMetricsDashboard } from './definitions/customMetrics';
import { datasetsAndModelsDashboard } from './definitions/datasetsAndModels';
import { edgeNodesDashboard } from './definitions/edgeNodes';
import { inferenceDashboard } from './definitions/inference';
import { lifelongLearningJobDashboard } from './definitions/lifelongLearningJob';
import { knowledgeBaseDashboard } from './definitions/knowledgeBase';
import { logsDashboard } from './definitions/logs';
import { federatedLearningDashboard } from './definitions/federatedLearning';
import { incrementalLearningDashboard } from './definitions/incrementalLearning';
import { jointInferenceDashboard } from './definitions/jointInference';
import { overviewDashboard } from './definitions/overview';
import { stagesDashboard } from './definitions/stages';
import { workersDashboard } from './definitions/workers';

/** Folder that Grafana's provisioning reads. */
export const FOLDER = join(__dirname, '..', 'provisioning', 'dashboards');

/** All dashboards by file name. */
export const DASHBOARDS: Readonly<Record<string, () => Dashboard>> = {
  'sedna-overview.json': overviewDashboard,
  'sedna-job.json': lifelongLearningJobDashboard,
  'sedna-stages.json': stagesDashboard,
  'sedna-data.json': datasetsAndModelsDashboard,
  'sedna-workers.json': workersDashboard,
  'sedna-inference.json': inferenceDashboard,
  'sedna-knowledge-base.json': knowledgeBaseDashboard,
  'sedna-logs.json': logsDashboard,
  'sedna-custom.json': customMetricsDashboard,
  'sedna-nodes.json': edgeNodesDashboard,
  'sedna-incremental.json': incrementalLearningDashboard,
  'sedna-federated.json': federatedLearningDashboard,
  'sedna-joint-inference.json': jointInferenceDashboard,
  'sedna-collection.json': collectionDashboard,
};

const toJson = (dashboard: Dashboard) => `${JSON.stringify(dashboard, null, 2)}\n`;

/** Returns the names of files that differ from the generated dashboards. */
export function findStaleFiles(): string[] {
  return Object.entries(DASHBOARDS)
    .filter(([name, build]) => {
      const file = join(FOLDER, name);
      return !existsSync(file) || readFileSync(file, 'utf8') !== toJson(build());
    })
    .map(([name]) => name);
}

if (require.main === module) {
  if (process.argv.includes('--check')) {
    const stale = findStaleFiles();
    if (stale.length > 0) {
      console.error(`Out of date: ${stale.join(', ')}. Run "npm run generate:dashboards" and commit the result.`);
      process.exitCode = 1;
    }
  } else {
    for (const [name, build] of Object.entries(DASHBOARDS)) {
      writeFileSync(join(FOLDER, name), toJson(build()));
      console.log(`wrote provisioning/dashboards/${name}`);
    }
  }
}
