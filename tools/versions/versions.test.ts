/** Checks that each version is written by hand in one place, and that images, actions, and packages are pinned. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findStaleFiles } from '../generators/generatedFiles';
import { PROJECT_ROOT } from '../projectRoot';
import { createFiles, FILES_WITH_VERSIONS, writeVersions } from './places';
import {
  getEngineVersions,
  getGoPackageVersion,
  getHelmVersions,
  getImage,
  IMAGES,
  IMAGES_FILE,
  parseImage,
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
  if (!FILES_WITH_VERSIONS.includes(file)) {
    // Tables in the documentation.
    return text.replace(/<!-- prettier-ignore-start -->[\s\S]*?<!-- prettier-ignore-end -->/g, '');
  }
  const blanks = Object.fromEntries(Object.entries(IMAGES).map(([name, image]) => [name, blank(image)]));
  // An image without a digest has no line for it.
  return writeVersions(text, blanks, 'generated');
}

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
      getGoPackageVersion(),
    ].map((version) => version.replaceAll('.', '\\.'));
    const second = new RegExp(`(?<![\\d.])(${[...new Set(versions)].join('|')})(?![\\d.])`);
    const sources = [IMAGES_FILE, 'tools/engines/go-requirements.txt', 'src/plugin.json'];
    const texts = [...TEXTS]
      .filter(([file]) => !sources.includes(file))
      .map(([file, text]): [string, string] => [file, removeGenerated(file, text)]);
    assert.deepEqual(findLines(second, texts), []);
  });

  it('of Grafana in texts are the supported ones', () => {
    const { grafanaDependency } = (JSON.parse(read('src/plugin.json')) as { dependencies: Record<string, string> })
      .dependencies;
    assert.equal(grafanaDependency, `>=${getImage('grafana-oldest').version}`);
    const packages = JSON.parse(read('tests/grafana-13/package.json')) as Record<string, Record<string, string>>;
    const minor = (version: string) => version.split('.').slice(0, 2).join('.');
    const newest = minor(getImage('grafana-newest').version);
    assert.equal(minor({ ...packages.dependencies, ...packages.devDependencies }['@grafana/ui']), newest);
    const supported = [minor(getImage('grafana-oldest').version), newest].map((each) => each.replaceAll('.', '\\.'));
    assert.deepEqual(findLines(new RegExp(`Grafana (?!(${supported.join('|')})(?![\\d]))\\d+\\.\\d+`)), []);
  });

  it('of Node are those of the same line', () => {
    const line = read('.nvmrc').trim();
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    assert.equal(devDependencies.node, `^${line}.0.0`);
    assert.equal(getImage('node').version.split('.')[0], line);
  });
});

describe('images', () => {
  it('of Compose, charts, and Dockerfiles are in the list, or built here', () => {
    const unknown = FILES_WITH_VERSIONS.filter((file) => !file.startsWith('.')).flatMap((file) =>
      [...read(file).matchAll(/^(?:\s*(?:- )?image:|FROM) (?:&\S+ )?([^\s*$]+:[^\s$]+)/gm)]
        .map(([, reference]) => reference)
        .filter((reference) => !reference.endsWith(':local'))
        .map(parseImage)
        .filter(({ repository }) => !Object.values(IMAGES).some((image) => image.repository === repository))
        .map(({ repository }) => `${file}: ${repository}`)
    );
    assert.deepEqual(unknown, []);
  });

  it('are pinned by digest, except those whose digest is not known yet', () => {
    const without = Object.entries(IMAGES).flatMap(([name, { digest }]) => (digest ? [] : [name]));
    assert.deepEqual(without, ['collector', 'prometheus']);
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
