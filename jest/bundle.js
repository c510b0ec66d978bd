/**
 * Bundles the packages that tests share into one script, with each import delayed until its first use.
 *
 * Jest evaluates every module anew in each test file. These packages have some
 * 3,500 modules, and the indexes of Grafana's lead to most of them, whatever a test needs.
 * docs/decisions/0018-test-run-under-three-minutes.md has the measurements.
 */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { builtinModules } = require('node:module');
const path = require('node:path');
const swc = require('@swc/core');
const esbuild = require('esbuild');

const ROOT = path.join(__dirname, '..');
const NODE_MODULES = path.join(ROOT, 'node_modules');

/**
 * What tests and the app import. A package that is missing here works, loaded module by module; it has to be added if it
 * holds state that one of these shares, such as contexts of React.
 */
const PACKAGES = [
  '@emotion/css',
  '@grafana/data',
  '@grafana/i18n',
  '@grafana/lezer-logql',
  '@grafana/runtime',
  '@grafana/scenes',
  '@grafana/schema',
  '@grafana/ui',
  '@prometheus-io/lezer-promql',
  '@testing-library/dom',
  '@testing-library/jest-dom',
  '@testing-library/react',
  '@testing-library/user-event',
  'fast-check',
  'js-yaml',
  'lodash',
  'react',
  'react-dom',
  'react-dom/client',
  'react-dom/test-utils',
  'react-router-dom',
  'react/jsx-runtime',
  'rxjs',
  'yaml',
];

/** Packages of many megabytes, loaded on demand by code that is split off; Jest loads them itself if a test gets there. */
const SPLIT_OFF = /^(monaco-editor|ol)(\/|$)/;

/**
 * Imports of these are delayed. Elsewhere they are not: Testing Library registers hooks when it loads, and React keeps the
 * timers that it finds then, which in a test may be false ones.
 */
const LAZY = /\/node_modules\/@grafana\//;

/** Replaced inside the bundle, where neither jest.mock() nor Jest's moduleNameMapper reaches. */
const REPLACED = [
  { from: /^react-inlinesvg$/, to: path.join(ROOT, '.config/jest/mocks/react-inlinesvg.tsx') },
  { from: /^@floating-ui\/dom$/, to: path.join(__dirname, 'floatingUiWithoutLayout.js') },
  { from: /\.(css|scss|sass)$/, to: require.resolve('identity-obj-proxy') },
];

/** Names the bundle after all that it is made from. */
function getFolder() {
  const hash = createHash('sha256').update(process.version);
  const sources = [path.join(NODE_MODULES, '.package-lock.json'), __filename, ...REPLACED.map(({ to }) => to)];
  sources.forEach((file) => hash.update(readFileSync(file)));
  return path.join(NODE_MODULES, '.cache', 'jest-packages', hash.digest('hex').slice(0, 16));
}

const FOLDER = getFolder();
const BUNDLE = path.join(FOLDER, 'bundle.js');
const getProxy = (name) => path.join(FOLDER, `${name.replaceAll('/', '+')}.js`);

/** Jest's moduleNameMapper for the packages of the bundle. */
const moduleNameMapper = Object.fromEntries(PACKAGES.map((name) => [`^${name}$`, getProxy(name)]));

/** Turns ES modules into CommonJS that requires at first use, as swc's `lazy` does. Leaves CommonJS alone. */
async function toLazyCommonJs(filename) {
  const code = await readFile(filename, 'utf8');
  if (filename.endsWith('.cjs') || !/^\s*(import|export)\b/m.test(code)) {
    // act() of React takes timers that no test has replaced from `module.require`, which esbuild does not give.
    return /["']require["'] \+ Math\.random\(\)/.test(code) ? `module.require = require;\n${code}` : code;
  }
  const find = (pattern) => [...code.matchAll(pattern)].map(([, from]) => from);
  const imported = find(/(?:from|import)\s*["']([^"']+)["']/g);
  // swc exports the function that requires in the place of a namespace (`export * as x`).
  const reexported = new Set(find(/export\s*\*[^;"']*?from\s*["']([^"']+)["']/g));
  const result = await swc.transform(code, {
    filename,
    configFile: false,
    swcrc: false,
    sourceMaps: false,
    jsc: { target: 'es2022', externalHelpers: true, parser: { syntax: 'ecmascript' } },
    module: { type: 'commonjs', lazy: LAZY.test(filename) && imported.filter((from) => !reexported.has(from)) },
  });
  return result.code;
}

const lazyCommonJs = {
  name: 'lazy-commonjs',
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path: wanted, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === 'resolving' || kind === 'entry-point') {
        return undefined;
      }
      if (SPLIT_OFF.test(wanted)) {
        return { path: wanted, external: true };
      }
      const replacement = REPLACED.find(({ from, to }) => from.test(wanted) && importer !== `${to}#`)?.to;
      // As an import, whoever asks: the same package as ES module and as CommonJS would be there twice.
      const options = { kind: 'import-statement', importer, resolveDir, pluginData: 'resolving' };
      // Most are files with their ending: half of the messages to esbuild and back.
      const beside = wanted.startsWith('.') && /\.[cm]?js$/.test(wanted) ? path.join(resolveDir, wanted) : '';
      const known = replacement ?? (existsSync(beside) ? beside : undefined);
      const found = known ? { path: known } : await build.resolve(wanted, options);
      // With another ending and in another namespace, or esbuild takes what it gets of an .mjs file for an ES module.
      return found.external || found.errors?.length || !/\.[cm]?js$/.test(found.path)
        ? found
        : { path: `${found.path}#`, namespace: 'lazy' };
    });
    build.onLoad({ filter: /#$/, namespace: 'lazy' }, async ({ path: wanted }) => {
      const file = wanted.slice(0, -1);
      return { contents: await toLazyCommonJs(file), loader: 'js', resolveDir: path.dirname(file) };
    });
  },
};

/** Jest's globalSetup: writes the bundle where there is none for the installed packages. */
async function writeBundle() {
  if (existsSync(FOLDER)) {
    return;
  }
  // esbuild is written in Go and gives back memory early; the work on these packages is short.
  process.env.GOGC ??= '400';
  const getters = PACKAGES.map((name) => `get ${JSON.stringify(name)}() { return require(${JSON.stringify(name)}); }`);
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `module.exports = { ${getters.join(', ')} };`, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'node20',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // As jest-environment-jsdom asks for.
    conditions: ['browser'],
    external: builtinModules.flatMap((name) => [name, `node:${name}`]),
    define: { 'process.env.NODE_ENV': '"test"' },
    // Half of the text. Names stay, for stack traces.
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'error',
    plugins: [lazyCommonJs],
  });
  // Complete or not there: two runs may begin at once.
  const unfinished = `${FOLDER}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(path.join(unfinished, path.basename(BUNDLE)), outputFiles[0].contents);
  for (const name of PACKAGES) {
    const content = `module.exports = globalThis[Symbol.for('jest-packages')](require, jest)[${JSON.stringify(name)}];\n`;
    writeFileSync(path.join(unfinished, path.basename(getProxy(name))), content);
  }
  try {
    renameSync(unfinished, FOLDER);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(FOLDER)) {
      throw error;
    }
  }
}

module.exports = { BUNDLE, moduleNameMapper, writeBundle };
