import i18n from '@grafana/i18n/eslint-plugin';
import { defineConfig } from 'eslint/config';
import baseConfig from './.config/eslint.config.mjs';

// .dependency-cruiser.mjs checks imports; tools/checks/lintNames.ts checks names, files, folders, and UI texts.
export default defineConfig([
  { ignores: ['**/node_modules/', '**/dist/', '.config/', 'test-results/', 'playwright-report/', 'artifacts/'] },
  ...baseConfig,
  { files: ['**/*.{ts,tsx,mjs,js}'], rules: { 'max-lines': ['error', 400] } },
  // Playwright's `use` of a fixture is no hook.
  { files: ['tests/**/*.ts', 'tools/**/*.ts', '*.ts'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/**/*.test.{ts,tsx}', 'src/test/**'],
    plugins: { '@grafana/i18n': i18n },
    rules: {
      '@grafana/i18n/no-untranslated-strings': ['error', { calleesToIgnore: ['^css$'] }],
      '@grafana/i18n/no-translation-top-level': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            'moment',
            {
              name: '@grafana/ui',
              importNames: ['LinkButton', 'TextLink'],
              message: 'Use AppLinkButton or AppLink: they have the sub-path that Grafana is served from.',
            },
            {
              name: '@grafana/i18n',
              importNames: ['t'],
              message: "Import t from platform/i18n: it doesn't escape values twice and formats numbers.",
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'JSXAttribute[name.name="url"] > JSXExpressionContainer > CallExpression[callee.name!="toHref"], JSXOpeningElement[name.name="a"] > JSXAttribute[name.name="href"] > JSXExpressionContainer > CallExpression[callee.name!="toHref"]',
          message: 'Wrap the URL in toHref: it adds the sub-path that Grafana is served from.',
        },
      ],
    },
  },
  { files: ['src/ui/links/AppLinkButton.tsx', 'src/platform/i18n.ts'], rules: { 'no-restricted-imports': 'off' } },
]);
