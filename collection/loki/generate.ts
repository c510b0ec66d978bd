/**
 * Writes the Loki rules from src/sedna; `--check` only says whether they are fresh.
 * With `--inference <file>` it writes nothing but prints the rules with the lines of that file (see README.md).
 */
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { runGenerator } from '../../tools/generators/generatedFiles';
import { parseInferenceMessages } from './inference';
import { FILES, lokiRules } from './rules';

const args = process.argv.slice(2);
const at = args.indexOf('--inference');
if (at < 0) {
  runGenerator(FILES, args);
} else {
  const file = args[at + 1];
  try {
    const inference = parseInferenceMessages(readFileSync(file, 'utf8'));
    process.stdout.write(stringify(lokiRules({ inference }), { lineWidth: 0, singleQuote: true }));
  } catch (error) {
    console.error(`${file ?? '--inference needs a file'}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
