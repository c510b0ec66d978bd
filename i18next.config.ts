import { defineConfig } from 'i18next-cli';
import pluginJson from './src/plugin.json';

/** Extracts the English texts from the code: `npm run i18n:extract`. */
export default defineConfig({
  locales: pluginJson.languages,
  extract: {
    input: ['src/**/*.{ts,tsx}'],
    ignore: ['src/**/*.test.{ts,tsx}'],
    output: 'src/locales/{{language}}/{{namespace}}.json',
    defaultNS: pluginJson.id,
    functions: ['t', '*.t'],
    transComponents: ['Trans'],
    sort: true,
  },
});
