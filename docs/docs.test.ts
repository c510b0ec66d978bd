/** Links, anchors, commands and paths in the documentation lead to something that exists. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { globSync } from 'glob';

const ROOT = path.join(__dirname, '..');

const DOCUMENTS = globSync(
  [
    'README.md',
    'CONTRIBUTING.md',
    'docs/**/*.md',
    'deploy/helm/**/README.md',
    'exporter/README.md',
    'collection/**/README.md',
  ],
  { cwd: ROOT, ignore: '**/node_modules/**' }
).sort();

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Without fenced blocks and inline code, in which brackets are no links and a hash is no heading. */
const prose = (text: string) => text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '').replace(/`[^`\n]*`/g, '');

interface Link {
  text: string;
  target: string;
}

/** Inline links and images; addresses of other hosts are left out, for no test asks them. */
const linksOf = (text: string): Link[] =>
  [...prose(text).matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)]
    .map(([whole, , target]) => ({ text: whole, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
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

/** Code of a page: fenced blocks and inline code. */
const codeOf = (text: string): string[] => [
  ...[...text.matchAll(/^( *)(`{3,})[^\n]*\n([\s\S]*?)^\1\2 *$/gm)].map(([, , , block]) => block),
  ...[...text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code),
];

/** What does not exist among `found`, as lines that say where each stands. */
const missing = (found: (text: string) => string[], exists: (what: string) => boolean) =>
  DOCUMENTS.flatMap((file) => found(read(file)).flatMap((what) => (exists(what) ? [] : [`${file}: ${what}`])));

test('there are documents to check', () => {
  assert.ok(DOCUMENTS.length > 40, String(DOCUMENTS.length));
  assert.ok(DOCUMENTS.flatMap((file) => linksOf(read(file))).length > 150);
});

test('every relative link and image leads to a file, every anchor to a heading', () => {
  const broken = DOCUMENTS.flatMap((file) =>
    linksOf(read(file)).flatMap(({ text, target }) => {
      const [page, anchor] = target.split('#');
      const to = page === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(page));
      if (!existsSync(path.join(ROOT, to))) {
        return [`${file}: ${text}: no such file`];
      }
      return anchor && to.endsWith('.md') && !anchorsOf(read(to)).has(anchor) ? [`${file}: ${text}: no heading`] : [];
    })
  );
  assert.deepEqual(broken, []);
});

test('every target of make exists', () => {
  const targets = new Set([...read('Makefile').matchAll(/^([a-z0-9-]+):/gm)].map(([, target]) => target));
  const named = (text: string) =>
    codeOf(text).flatMap((code) =>
      [...code.matchAll(/(?:^|[\s&;])make ([a-z][a-z0-9-]*)/g)].map(([, target]) => target)
    );
  assert.deepEqual(
    missing(named, (target) => targets.has(target)),
    []
  );
});

test('every script of npm exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = (text: string) =>
    codeOf(text).flatMap((code) =>
      [...code.matchAll(/npm run (?:--silent )?([a-z0-9:-]+)/g)].map(([, script]) => script)
    );
  assert.deepEqual(
    missing(named, (script) => script in scripts),
    []
  );
});

/** What is in the repository's root, but for what is installed or built there. */
const TOP_FOLDERS = readdirSync(ROOT).filter(
  (name) =>
    statSync(path.join(ROOT, name)).isDirectory() &&
    !['node_modules', 'artifacts', 'dist', 'test-results'].includes(name)
);

/** Paths of the repository that stand in code, without what is a pattern or made by a build. */
function pathsOf(text: string): string[] {
  const starts = new RegExp(
    `(?:^|[\\s"'=@(])\\.?/?((?:${TOP_FOLDERS.join('|').replaceAll('.', '\\.')})/[^\\s"'\`,;:()|]*)`,
    'g'
  );
  return codeOf(text)
    .flatMap((code) => [...code.matchAll(starts)].map(([, found]) => found.replace(/[.]$/, '')))
    .filter((found) => !/[*<>${}]/.test(found) && !found.startsWith('exporter/dist'));
}

test('every path of the repository exists', () => {
  const exists = (what: string) => existsSync(path.join(ROOT, what));
  assert.deepEqual(missing(pathsOf, exists), []);
});

test('every runbook is linked from the list of alerts', () => {
  const linked = new Set(linksOf(read('docs/alerts.md')).map(({ target }) => target));
  const unlinked = readdirSync(path.join(ROOT, 'docs', 'runbooks')).filter((name) => !linked.has(`runbooks/${name}`));
  assert.deepEqual(unlinked, []);
});

test('every page for users is linked from the index', () => {
  const linked = new Set(linksOf(read('docs/README.md')).map(({ target }) => target));
  const pages = readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  assert.deepEqual(
    pages.filter((name) => !linked.has(name)),
    []
  );
});

/** All texts of the app. */
function textsOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsOf);
}

test('what troubleshooting quotes of the app is what the app says', () => {
  const texts = textsOf(JSON.parse(read('src/locales/en-US/kubeedge-sedna-app.json')));
  const patterns = texts.map((text) => {
    const literals = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${literals.join('.+')}$`);
  });
  // In the first column of a table, italics are words of the app.
  const quoted = [...read('docs/troubleshooting.md').matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/_([^_]+)_/g)].map(([, words]) => words)
  );
  assert.ok(quoted.length > 15, String(quoted.length));
  const said = (words: string) =>
    patterns.some((pattern) => pattern.test(words)) ||
    texts.some((text) => text.includes(words.replace(/^… | …$/g, '')));
  assert.deepEqual(
    quoted.filter((words) => !said(words)),
    []
  );
});
