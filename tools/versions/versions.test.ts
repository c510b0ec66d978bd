/** Checks that each version is written by hand in one place, and that images, actions, and packages are pinned. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { findStaleFiles } from '../generators/generatedFiles';
import { PROJECT_ROOT } from '../projectRoot';
import { createFiles, FILES_WITH_VERSIONS, writeVersions } from './places';
import {
  getEngineVersions,
  getGoPackageVersion,
  getGoVersion,
  getHelmVersions,
  getImage,
  getOwnVersion,
  IMAGES,
  IMAGES_FILE,
  type Image,
} from './versions';

const read = (file: string) => readFileSync(path.join(PROJECT_ROOT, file), 'utf8');

/** Files in the repository, also new ones. */
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: PROJECT_ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && lstatSync(path.join(PROJECT_ROOT, file), { throwIfNoEntry: false })?.isFile());

/** Files without hand-written current versions: written by tools, owned by create-plugin, about the past, or examples. */
const IGNORED =
  /^(package-lock\.json|tests\/grafana-13\/|\.config\/|CHANGELOG\.md|docs\/decisions\/)|\.(sum|png|svg|json\.gz)$|^tools\/engines\/modules\/|^tools\/versions\/versions\.test\.ts$/;

const TEXTS = new Map(FILES.filter((file) => !IGNORED.test(file)).map((file) => [file, read(file)]));

/** An image without a version, to find versions beside the generated ones. */
const blank = (image: Image): Image => ({
  ...image,
  tag: 'generated',
  version: 'generated',
  digest: `sha256:${'0'.repeat(64)}`,
});

/** Removes the parts of a file that `npm run generate:versions` writes. */
function removeGenerated(file: string, text: string): string {
  // Tables in the documentation.
  const withoutTables = text.replace(/<!-- prettier-ignore-start -->[\s\S]*?<!-- prettier-ignore-end -->/g, '');
  if (!FILES_WITH_VERSIONS.includes(file)) {
    return withoutTables;
  }
  const images = Object.fromEntries(Object.entries(IMAGES).map(([name, image]) => [name, blank(image)]));
  return writeVersions(withoutTables, { images, go: 'generated', own: 'generated' });
}

/** Texts without their generated versions. */
const HAND_WRITTEN = new Map([...TEXTS].map(([file, text]) => [file, removeGenerated(file, text)]));

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Returns the major version and the minor version, as in 3.15. */
const getMinor = (version: string) => version.split('.').slice(0, 2).join('.');

/** Packages that come from Grafana, and differ between its versions. */
const OF_GRAFANA = /^(@grafana\/(data|i18n|runtime|schema|ui)|(@types\/)?react(-dom)?)$/;

type Packages = Record<'dependencies' | 'devDependencies' | 'engines', Record<string, string>>;
const readPackages = (file: string) => JSON.parse(read(file)) as Packages;
const getPackages = (file: string) => ({ ...readPackages(file).dependencies, ...readPackages(file).devDependencies });

/** Returns `file:line: text` of the lines that match. */
function findLines(pattern: RegExp, texts: Iterable<[string, string]> = TEXTS): string[] {
  return [...texts].flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 100)}`] : []))
  );
}

describe('versions', () => {
  it('are up to date in all generated places', () => {
    assert.deepEqual(findStaleFiles(createFiles()), [], 'Run `npm run generate:versions`.');
  });

  it('are the same for an image and the server that the tests build', () => {
    for (const [name, version] of Object.entries(getEngineVersions())) {
      assert.equal(getImage(name).version, version, `${name}: ${IMAGES_FILE} and tools/engines/modules differ`);
    }
  });

  it('are not written by hand a second time', () => {
    const versions = [
      ...Object.values(IMAGES).map(({ version }) => version),
      ...getHelmVersions(),
      getGoVersion(),
      getGoPackageVersion(),
      getOwnVersion(),
    ].map(escape);
    const second = new RegExp(`(?<![\\d.])(${[...new Set(versions)].join('|')})(?!\\.?\\d)`);
    const sources = [IMAGES_FILE, 'tools/engines/go-requirements.txt', 'src/plugin.json', 'package.json'];
    const texts = [...HAND_WRITTEN]
      .filter(([file]) => !sources.includes(file))
      // Images of Sedna, whose versions start with v.
      .map(([file, text]): [string, string] => [file, text.replace(/sedna-example-[\w-]+:v[\d.]+/g, '')]);
    assert.deepEqual(findLines(second, texts), []);
  });

  it('of images are not written by hand, whatever they are', () => {
    const repositories = [...new Set(Object.values(IMAGES).map(({ repository }) => escape(repository)))];
    const reference = new RegExp(`(?<![\\w/-])(${repositories.join('|')}):v?\\d`);
    const texts = [...HAND_WRITTEN].filter(([file]) => file !== IMAGES_FILE);
    assert.deepEqual(findLines(reference, texts), []);
  });

  it('of servers and tools are not in texts without their last number either', () => {
    const engines = getEngineVersions();
    const current = [
      ['Collector', engines.collector],
      ['Kubernetes', engines.k3s],
      ['kube-state-metrics', engines['kube-state-metrics']],
      ['Loki', engines.loki],
      ['Prometheus', engines.prometheus],
      ...getHelmVersions().map((version) => ['Helm', version]),
      ['Go', getGoVersion()],
      ['Go', getGoPackageVersion()],
    ].map(([name, version]) => `${name} v?${escape(getMinor(version))}`);
    assert.deepEqual(findLines(new RegExp(`\\b(${current.join('|')})(?!\\d)`, 'i'), HAND_WRITTEN), []);
  });

  it('of Helm charts are those of the plugin', () => {
    for (const chart of ['sedna-ops', 'sedna-ops-stack']) {
      const { version, appVersion } = parse(read(`deploy/helm/${chart}/Chart.yaml`)) as Record<string, string>;
      assert.deepEqual([version, appVersion], [getOwnVersion(), getOwnVersion()], chart);
    }
  });

  it('of packages that both versions of Grafana use are the same', () => {
    const both = Object.entries(getPackages('tests/grafana-13/package.json')).filter(
      ([name]) => !OF_GRAFANA.test(name)
    );
    assert.ok(both.length > 10);
    const packages = getPackages('package.json');
    assert.deepEqual(
      both,
      both.map(([name]) => [name, packages[name]])
    );
  });

  it('of Grafana in texts are the supported ones', () => {
    const { grafanaDependency } = (JSON.parse(read('src/plugin.json')) as { dependencies: Record<string, string> })
      .dependencies;
    assert.equal(grafanaDependency, `>=${getImage('grafana-oldest').version}`);
    const newest = getMinor(getImage('grafana-newest').version);
    assert.equal(getMinor(getPackages('tests/grafana-13/package.json')['@grafana/ui']), newest);
    const supported = [getMinor(getImage('grafana-oldest').version), newest].map(escape);
    assert.deepEqual(findLines(new RegExp(`Grafana (?!(${supported.join('|')})(?![\\d]))\\d+\\.\\d+`)), []);
  });

  it('of Node are those of the same line', () => {
    const line = read('.nvmrc').trim();
    const { devDependencies, engines } = readPackages('package.json');
    assert.equal(devDependencies.node, `^${line}.0.0`);
    assert.equal(devDependencies['@types/node'], `^${line}.0.0`);
    assert.equal(engines.node, `>=${line}`);
    assert.equal(getImage('node').version.split('.')[0], line);
    assert.match(getImage('devcontainer').tag, new RegExp(`-${line}-`));
    // npm of any Node from version 20 installs the packages, which include the Node that runs everything.
    assert.deepEqual(findLines(new RegExp(`\\bNode (?!(20|${line})\\b)\\d`), HAND_WRITTEN), []);
  });
});

/** Whether a reference is one of an image in the list, with its version and digest. */
const isListed = (reference: string): boolean =>
  Object.values(IMAGES).some(({ repository, tag, digest }) =>
    // The tag of Grafana in Compose is the default of a variable.
    [`${repository}:${tag}${digest ? `@${digest}` : ''}`, `${repository}:`].includes(reference)
  );

describe('images', () => {
  it('of Compose, charts, Dockerfiles, and workflows are in the list, or built here', () => {
    const unknown = [...TEXTS]
      .filter(([file]) => /(^|\/)Dockerfile|\.(ya?ml|json)$/.test(file))
      .flatMap(([file, text]) =>
        [...text.matchAll(/^(?:\s*(?:- )?"?image"?:|FROM) (?:--\S+ )?(?:&\S+ )?["']?([^\s*$"'{]+)/gm)]
          .map(([, reference]) => reference)
          .filter((reference) => !/:local$|^scratch$/.test(reference) && !isListed(reference))
          .map((reference) => `${file}: ${reference}`)
      );
    assert.deepEqual(unknown, []);
  });

  it('are pinned by digest, except the collector, whose digest no public source names yet', () => {
    const without = Object.entries(IMAGES).flatMap(([name, { digest }]) => (digest ? [] : [name]));
    assert.deepEqual(without, ['collector']);
  });
});

describe('Renovate', () => {
  interface RegexManager {
    matchStrings: [string];
    autoReplaceStringTemplate: string;
  }
  // JSON5 is a part of JavaScript.
  const config = runInNewContext(`(${read('.github/renovate.json5')})`) as { customManagers: [RegexManager] };
  const [{ matchStrings, autoReplaceStringTemplate }] = config.customManagers;
  const found = [...read(IMAGES_FILE).matchAll(new RegExp(matchStrings[0], 'g'))].map(({ groups }) => groups!);

  it('finds every image with its digest', () => {
    assert.deepEqual(
      found.map(({ depName, packageName, currentValue, currentDigest }) => [
        depName,
        { repository: packageName, tag: currentValue, digest: currentDigest },
      ]),
      Object.entries(IMAGES).map(([name, { repository, tag, digest }]) => [name, { repository, tag, digest }])
    );
  });

  it('needs no lookaround, which its engine for regular expressions lacks', () => {
    assert.doesNotMatch(matchStrings[0], /\(\?<?[=!]/);
  });

  it('writes an image as the list has it, also with its first digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    for (const { depName, packageName, currentValue } of found) {
      const values = { depName, packageName, newValue: currentValue, newDigest: digest };
      const line = autoReplaceStringTemplate
        .replace(/\{\{#if newDigest\}\}(.*)\{\{\/if\}\}/, '$1')
        .replace(/\{\{\{(\w+)\}\}\}/g, (_, name: keyof typeof values) => values[name]);
      assert.equal(line, `\n${depName}: ${packageName}:${currentValue}@${digest}`);
    }
  });
});

describe('actions', () => {
  const uses = [...TEXTS]
    .filter(([file]) => file.startsWith('.github/'))
    .flatMap(([, text]) => [...text.matchAll(/uses: (\S+)(.*)/g)])
    .filter(([, action]) => !action.startsWith('./'));

  it('are pinned by commit, with their version as a comment', () => {
    assert.ok(uses.length > 5);
    for (const [line, action, comment] of uses) {
      assert.match(action, /^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/, line);
      assert.match(comment, /^ # v\d+\.\d+\.\d+$/, line);
    }
  });

  it('have one version each', () => {
    const versions = Map.groupBy(uses, ([, action]) => action.split('@')[0]);
    for (const [action, all] of versions) {
      assert.equal(new Set(all.map(([line]) => line)).size, 1, action);
    }
  });
});

describe('packages', () => {
  it('are never taken in whatever version is newest', () => {
    assert.deepEqual(findLines(/@latest\b/), []);
  });
});
