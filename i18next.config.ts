import { defineConfig, type Plugin } from 'i18next-cli';
import pluginJson from './src/plugin.json';
import { listRuleTexts } from './src/sedna/diagnosis/ruleText';

/** Adds the texts of the rules of diagnosis, which lie in the rules themselves and not in calls of `t`. */
const ruleTexts: Plugin = {
  name: 'rule-texts',
  onEnd: (keys) => {
    for (const { key, text } of listRuleTexts()) {
      keys.set(`${pluginJson.id}:${key}`, {
        key,
        defaultValue: text,
        ns: pluginJson.id,
        explicitDefault: true,
        ...(/_(one|other)$/.test(key) && { hasCount: true, isExpandedPlural: true }),
      });
    }
  },
};

/** Extracts the English texts from the code: `npm run i18n:extract`. */
export default defineConfig({
  locales: pluginJson.languages,
  plugins: [ruleTexts],
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
