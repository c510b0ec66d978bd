/**
 * Writes the Loki rules. With `--check`, only reports files that are out of date. With `--inference <file>`, prints the
 * rules with the inference messages in that file instead (refer to README.md).
 */
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { runGenerator } from '../../tools/generators/generatedFiles';
import { parseInferenceMessages } from './inferenceMessages';
import { FILES, buildLokiRules } from './rules';

const args = process.argv.slice(2);
const at = args.indexOf('--inference');
if (at < 0) {
  runGenerator(FILES, args);
} else {
  const file = args[at + 1];
  try {
    const inference = parseInferenceMessages(readFileSync(file, 'utf8'));
    process.stdout.write(stringify(buildLokiRules({ inference }), { lineWidth: 0, singleQuote: true }));
  } catch (error) {
    console.error(`${file ?? '--inference requires a file'}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
