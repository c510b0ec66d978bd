import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CHART_FOLDER } from './charts';

const ROOT = path.join(__dirname, '..', '..');
const FILES_FOLDER = path.join(CHART_FOLDER, 'files');

/** Lists the files and links below a folder. Unlike a recursive `readdirSync`, it doesn't follow links to folders. */
function listEntries(folder: string): Array<{ file: string; isLink: boolean }> {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? listEntries(file) : [{ file, isLink: entry.isSymbolicLink() }];
  });
}

describe('files of the chart', () => {
  const entries = listEntries(FILES_FOLDER);

  it('are symbolic links, so that no configuration is committed twice', () => {
    const copies = entries.filter(({ isLink }) => !isLink).map(({ file }) => path.relative(ROOT, file));
    assert.deepEqual(copies, [], 'Replace each by a link to its source: ln -s <relative path> <file>');
  });

  it('link to files and folders of the repository by relative paths, as Argo CD requires', () => {
    for (const { file } of entries) {
      assert.ok(existsSync(file), `${path.relative(ROOT, file)} is a broken link`);
      assert.ok(!path.isAbsolute(readlinkSync(file)), file);
      const target = path.relative(realpathSync(ROOT), realpathSync(file));
      assert.match(target, /^(collection|provisioning)\//);
    }
  });

  it('include everything that collection needs', () => {
    for (const name of [
      'kube-state-metrics/custom-resource-state.yaml',
      'kube-state-metrics/config.yaml',
      'kube-state-metrics/rbac.yaml',
      'prometheus/rules/sedna.yaml',
      'otel-collector/config.yaml',
      'grafana/dashboards/sedna-overview.json',
    ]) {
      assert.ok(existsSync(path.join(FILES_FOLDER, name)), name);
    }
  });

  it('include every rule file of Loki and every scrape configuration', () => {
    const findNames = (pattern: string, cwd: string) => globSync(pattern, { cwd }).sort();
    const collection = path.join(ROOT, 'collection');
    const lokiRules = findNames('**/*.yaml', path.join(collection, 'loki', 'rules'));
    // Templates read one folder, so a rule file in a subfolder would be left out.
    assert.deepEqual(findNames('*.yaml', path.join(FILES_FOLDER, 'loki', 'rules')), lokiRules);
    const scraping = '{monitors,scrape-*}.yaml';
    assert.deepEqual(
      findNames(scraping, path.join(FILES_FOLDER, 'prometheus')),
      findNames(scraping, path.join(collection, 'prometheus'))
    );
  });
});
