import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { globSync } from 'glob';
import { findChartTool } from '../../tools/engines';
import { CHART_FOLDER } from '../../deploy/helm/charts';
import { renderChart, type RenderOptions } from '../../deploy/helm/render';
import { createTemporaryFolder } from './support/folder';

const ROOT = path.join(__dirname, '../..');
const dir = createTemporaryFolder();

/** Values with which the chart reads all of its files except for the alerts of Prometheus. */
const EVERYTHING: RenderOptions = {
  valuesFiles: [path.join(CHART_FOLDER, 'ci/everything-values.yaml')],
  apiVersions: ['monitoring.coreos.com/v1'],
};
const PROMETHEUS_ALERTS = { 'grafana.alerts.enabled': false, 'prometheus.alerts.configMap.enabled': true };

describe('package of the chart', () => {
  const unpacked = path.join(dir, 'sedna-ops');

  before(() => {
    execFileSync(findChartTool('helm'), ['package', CHART_FOLDER, `--destination=${dir}`], { stdio: 'pipe' });
    execFileSync('tar', ['-xzf', globSync(path.join(dir, 'sedna-ops-*.tgz'))[0], '-C', dir]);
  });

  it('contains the configuration that the links of the chart lead to', () => {
    for (const [file, source] of [
      ['grafana/alerting/sedna.yaml', 'provisioning/alerting/sedna.yaml'],
      ['grafana/dashboards/sedna-overview.json', 'provisioning/dashboards/sedna-overview.json'],
      ['kube-state-metrics/rbac.yaml', 'collection/kube-state-metrics/rbac.yaml'],
      ['prometheus/rules/sedna.yaml', 'collection/prometheus/rules/sedna.yaml'],
    ]) {
      assert.equal(
        readFileSync(path.join(unpacked, 'files', file), 'utf8'),
        readFileSync(path.join(ROOT, source), 'utf8')
      );
    }
  });

  it('contains nothing that only the repository uses', () => {
    const files = globSync('files/**/*', { cwd: unpacked, nodir: true });
    assert.deepEqual(
      files.filter((file) => !/\.(json|yaml)$/.test(file) || file.endsWith('_test.yaml')),
      []
    );
    assert.deepEqual(globSync('files/grafana/dashboards/*.yaml', { cwd: unpacked }), []);
  });

  it('renders the same objects as the chart in the repository', () => {
    assert.deepEqual(renderChart({ ...EVERYTHING, chart: unpacked }), renderChart(EVERYTHING));
  });
});

describe('copy of the chart without symbolic links', () => {
  const files = path.join(CHART_FOLDER, 'files');
  const links = globSync('**', { cwd: files, withFileTypes: true, follow: false })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => entry.relative());
  const chart = path.join(dir, 'copy');

  /** Copies the chart with all of its configuration, except for the file or folder of one link. */
  function copyWithout(link: string): string {
    rmSync(chart, { recursive: true, force: true });
    cpSync(CHART_FOLDER, chart, { recursive: true, dereference: true });
    const file = path.join(chart, 'files', link);
    rmSync(file, { recursive: true });
    return file;
  }

  function assertExplained(link: string): void {
    const set = link === 'prometheus/alerts' ? PROMETHEUS_ALERTS : {};
    assert.throws(() => renderChart({ ...EVERYTHING, chart, set }), {
      message: new RegExp(`Can't read files/${link}.*git clone -c core\\.symlinks=true`),
    });
  }

  it('has links to check', () => assert.ok(links.length > 0));

  for (const link of links) {
    it(`explains how to get files/${link} if the link was left out, as Flux does`, () => {
      copyWithout(link);
      assertExplained(link);
    });

    it(`explains how to get files/${link} if the link became a text file, as Git does on Windows`, () => {
      writeFileSync(copyWithout(link), readlinkSync(path.join(files, link)));
      assertExplained(link);
    });
  }
});
