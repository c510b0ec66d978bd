import { readdirSync } from 'node:fs';
import path from 'node:path';
import { testWithEachPromtool } from './support/promtool';

const prometheus = path.join(__dirname, '..', '..', 'collection', 'prometheus');

testWithEachPromtool('the configuration is valid', (promtool) =>
  promtool(['check', 'config', 'prometheus.yml'], prometheus)
);
testWithEachPromtool('the rules are valid', (promtool) => promtool(['check', 'rules', 'rules/sedna.yaml'], prometheus));

for (const file of readdirSync(path.join(prometheus, 'rules')).filter((name) => name.endsWith('_test.yaml'))) {
  testWithEachPromtool(`the rules pass the tests in ${file}`, (promtool) =>
    promtool(['test', 'rules', `rules/${file}`], prometheus)
  );
}
