import i18n from '@grafana/i18n/eslint-plugin';
import { defineConfig } from 'eslint/config';
import baseConfig from './.config/eslint.config.mjs';

/** Forbids imports that would point up: pages -> scenes, components -> query -> sedna. */
const forbid = (files, groups, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: groups.map((regex) => ({ regex, message })) }],
    // The rule above does not see import().
    'no-restricted-syntax': [
      'error',
      ...groups.map((regex) => ({
        selector: `ImportExpression > Literal.source[value=/${regex.replaceAll('/', '\\/')}/]`,
        message,
      })),
    ],
  },
});

/** What feeds the app may import src/sedna; nothing of the app imports what feeds it. */
const FEEDERS = '^(\\.\\./)+(collection|dashboards|demo|deploy|exporter|scripts|tests)/';
const forbidInApp = (files, groups, message) => forbid(files, [...groups, FEEDERS], message);

export default defineConfig([
  { ignores: ['**/node_modules/', '**/dist/', '.config/', 'test-results/', 'playwright-report/', 'artifacts/'] },
  ...baseConfig,
  // Playwright's `use` of a fixture is no hook.
  { files: ['tests/**/*.ts', 'scripts/**/*.ts', '*.ts'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/**/*.test.{ts,tsx}', 'src/test/**'],
    plugins: { '@grafana/i18n': i18n },
    rules: {
      '@grafana/i18n/no-untranslated-strings': ['error', { calleesToIgnore: ['^css$'] }],
      '@grafana/i18n/no-translation-top-level': 'error',
    },
  },
  forbidInApp(
    ['src/sedna/**'],
    ['^react', '^@grafana/(?!lezer)', '^\\.\\./\\.\\./(?!sedna)', '/(app|pages|scenes|components|query)/'],
    'src/sedna is the ground floor: plain data and pure functions.'
  ),
  forbidInApp(
    ['src/query/**'],
    ['^react', '^@grafana/(?!lezer)', '/(app|pages|scenes|components)/'],
    'src/query imports src/sedna only.'
  ),
  forbidInApp(
    ['src/kubernetes/**'],
    ['^react', '^@grafana/(?!runtime)', '/(app|pages|scenes|components|query)/'],
    'src/kubernetes imports src/sedna only, and in one file the way through Grafana.'
  ),
  forbidInApp(
    ['src/components/**', 'src/scenes/**'],
    ['/pages/', '/app/App'],
    'Imports point down: no page from here.'
  ),
  forbidInApp(['src/app/**', 'src/*.{ts,tsx}', 'src/test/**'], [], 'The app imports nothing of what feeds it.'),
  forbidInApp(
    ['src/pages/**'],
    ['^\\.\\./(?!\\.\\.)', '/pages/', '/app/App'],
    'A page imports no other page; links are built in app/links.'
  ),
  forbid(['exporter/**/*.ts', 'demo/**/*.ts'], ['/src/(?!sedna)'], 'Only src/sedna may be imported from the app.'),
  forbid(
    ['dashboards/**/*.ts', 'collection/**/*.ts'],
    ['/src/(?!sedna|query)'],
    'Only src/sedna and src/query may be imported from the app.'
  ),
  forbid(['deploy/**/*.ts'], ['/src/'], 'The charts hold what the collection gives; nothing of the app is imported.'),
  forbid(['docs/**/*.ts'], ['^\\.\\./'], 'What checks the documentation reads files, and imports none of them.'),
]);
