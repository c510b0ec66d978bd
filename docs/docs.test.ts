/** Checks that links, anchors, commands, paths, and quoted UI texts in the documentation exist. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { globSync } from 'glob';

const ROOT = path.join(__dirname, '..');

const DOCUMENTS = globSync(
  [
    '*.md',
    '.github/**/*.md',
    'docs/**/*.md',
    'deploy/helm/**/README.md',
    'exporter/README.md',
    'collection/**/README.md',
  ],
  { cwd: ROOT, dot: true, ignore: '**/node_modules/**' }
).sort();

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Removes fenced blocks and inline code, because brackets in code aren't links and a hash isn't a heading. */
const prose = (text: string) => text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '').replace(/`[^`\n]*`/g, '');

interface Link {
  text: string;
  target: string;
}

/** Returns inline links and images, without URLs of other hosts: tests don't use the network. */
const findLinks = (text: string): Link[] =>
  [...prose(text).matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)]
    .map(([whole, , target]) => ({ text: whole, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));

/** Returns the anchors that GitHub creates for the headings of a page. */
function findAnchors(text: string): Set<string> {
  const seen = new Map<string, number>();
  const blocks = text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '');
  const anchors = [...blocks.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading]) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const anchor = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set(anchors);
}

/** Returns fenced blocks and inline code. */
const findCode = (text: string): string[] => [
  ...[...text.matchAll(/^( *)(`{3,})[^\n]*\n([\s\S]*?)^\1\2 *$/gm)].map(([, , , block]) => block),
  ...[...text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code),
];

/** Returns the references that don't exist, each with its document. */
const findMissing = (references: (text: string) => string[], exists: (reference: string) => boolean) =>
  DOCUMENTS.flatMap((file) =>
    references(read(file)).flatMap((reference) => (exists(reference) ? [] : [`${file}: ${reference}`]))
  );

test('finds the documents and their links', () => {
  assert.ok(DOCUMENTS.length > 40, String(DOCUMENTS.length));
  assert.ok(DOCUMENTS.flatMap((file) => findLinks(read(file))).length > 150);
});

test('every relative link and image points to a file, and every anchor to a heading', () => {
  const broken = DOCUMENTS.flatMap((file) =>
    findLinks(read(file)).flatMap(({ text, target }) => {
      const [page, anchor] = target.split('#');
      const to = page === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(page));
      if (!existsSync(path.join(ROOT, to))) {
        return [`${file}: ${text}: no such file`];
      }
      return anchor && to.endsWith('.md') && !findAnchors(read(to)).has(anchor) ? [`${file}: ${text}: no heading`] : [];
    })
  );
  assert.deepEqual(broken, []);
});

test('every make target exists', () => {
  const targets = new Set([...read('Makefile').matchAll(/^([a-z0-9-]+):/gm)].map(([, target]) => target));
  const named = (text: string) =>
    findCode(text).flatMap((code) =>
      [...code.matchAll(/(?:^|[\s&;])make ([a-z][a-z0-9-]*)/g)].map(([, target]) => target)
    );
  assert.deepEqual(
    findMissing(named, (target) => targets.has(target)),
    []
  );
});

test('a former make target prints its new name and runs it', () => {
  const renamed = { stack: 'backends', 'chart-tools': 'helm-tools', 'test-long': 'test-outage' };
  const dryRun = (target: string) =>
    execFileSync('make', ['--dry-run', '--no-print-directory', target], { cwd: ROOT, encoding: 'utf8' });
  for (const [former, current] of Object.entries(renamed)) {
    const output = dryRun(former);
    assert.match(output, new RegExp(`make ${former} is now: make ${current}'`));
    assert.ok(output.includes(dryRun(current).trim().split('\n').at(-1) ?? ''), output);
  }
});

test('every npm script exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = (text: string) =>
    findCode(text).flatMap((code) =>
      [...code.matchAll(/npm run (?:--silent )?([a-z0-9:-]+)/g)].map(([, script]) => script)
    );
  assert.deepEqual(
    findMissing(named, (script) => script in scripts),
    []
  );
});

/** Folders in the root of the repository, without those that an installation or a build creates. */
const TOP_FOLDERS = readdirSync(ROOT).filter(
  (name) =>
    statSync(path.join(ROOT, name)).isDirectory() &&
    !['node_modules', 'artifacts', 'dist', 'test-results'].includes(name)
);

/** Returns the paths of the repository in code, without patterns and build output. */
function findPaths(text: string): string[] {
  const starts = new RegExp(
    `(?:^|[\\s"'=@(])\\.?/?((?:${TOP_FOLDERS.join('|').replaceAll('.', '\\.')})/[^\\s"'\`,;:()|]*)`,
    'g'
  );
  return findCode(text)
    .flatMap((code) => [...code.matchAll(starts)].map(([, found]) => found.replace(/[.]$/, '')))
    .filter((found) => !/[*<>${}]/.test(found) && !found.startsWith('exporter/dist'));
}

test('every path of the repository exists', () => {
  const exists = (reference: string) => existsSync(path.join(ROOT, reference));
  assert.deepEqual(findMissing(findPaths, exists), []);
});

test('the list of alerts links to every runbook', () => {
  const linked = new Set(findLinks(read('docs/use/alerts.md')).map(({ target }) => target));
  const unlinked = globSync('**/*.md', { cwd: path.join(ROOT, 'docs', 'runbooks') }).filter(
    (name) => !linked.has(`../runbooks/${name}`)
  );
  assert.deepEqual(unlinked, []);
});

test('the index links to every page of the documentation', () => {
  const linked = new Set(findLinks(read('docs/README.md')).map(({ target }) => target));
  const pages = globSync('{use,run,contribute}/*.md', { cwd: path.join(ROOT, 'docs') });
  assert.ok(pages.length > 10, String(pages.length));
  assert.deepEqual(
    pages.filter((name) => !linked.has(name)),
    []
  );
});

test('the list of decisions has the title, status, and date of each decision', () => {
  const list = read('docs/decisions/README.md');
  const listed = [...list.matchAll(/^\| \[(.+)\]\((.+\.md)\) +\| (.+?) +\| (.+?) +\|$/gm)].map((match) =>
    match.slice(1)
  );
  const decisions = globSync('docs/decisions/[0-9]*.md', { cwd: ROOT }).sort();
  const expected = decisions.map((file) => {
    const [, title, status, date] = /^# (.+)\n\nStatus: (.+), (\d{4}-\d\d-\d\d)\n/.exec(read(file)) ?? [file];
    return [title, path.posix.basename(file), status, date];
  });
  assert.deepEqual(listed, expected);
});

/** Returns all texts in a tree of translations. */
function findTexts(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(findTexts);
}

/** Pages that set UI texts in bold. Bold text that ends with a period or a colon starts a paragraph instead. */
const PAGES_WITH_UI_TEXTS = ['custom-metrics', 'first-ten-minutes', 'live-objects', 'pages', 'troubleshooting'];

/** Menu items and buttons of Grafana and Prometheus. */
const OTHER_UI_TEXTS = [
  'More apps',
  'Administration',
  'Plugins',
  'Enable',
  'Connections',
  'Data sources',
  'Targets',
  'Rules',
];

test('every quoted UI text exists in the app', () => {
  const plugin = JSON.parse(read('src/plugin.json')) as {
    name: string;
    extensions: { addedLinks: Array<{ title: string }> };
  };
  const texts = [
    ...findTexts(JSON.parse(read('src/locales/en-US/kubeedge-sedna-app.json'))),
    plugin.name,
    ...plugin.extensions.addedLinks.map(({ title }) => title),
    ...OTHER_UI_TEXTS,
  ];
  // A pattern such as "{{found}} of {{total}}" would match any sentence.
  const patterns = texts
    .filter((text) => !text.includes('{{') || text.replace(/\{\{\w+\}\}|[^a-z]/gi, '').length > 7)
    .map((text) => {
      const literals = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${literals.join('.+')}$`);
    });
  const exists = (quoted: string) => patterns.some((pattern) => pattern.test(quoted));
  const quotes = PAGES_WITH_UI_TEXTS.flatMap((page) =>
    [...prose(read(`docs/use/${page}.md`)).matchAll(/\*\*([^*]+?)\*\*/g)]
      .map(([, bold]) => bold.replaceAll('\n', ' ').replace(/ +/g, ' '))
      .filter((bold) => !/[.:]$/.test(bold))
      .flatMap((bold) => bold.split(' > '))
      .map((quoted) => ({ page, quoted }))
  );
  assert.ok(quotes.length > 100, String(quotes.length));
  assert.deepEqual(
    quotes.filter(({ quoted }) => !exists(quoted)).map(({ page, quoted }) => `${page}: ${quoted}`),
    []
  );
});
