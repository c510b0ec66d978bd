/** Writes the Prometheus rules from src/sedna; `--check` only says whether they are fresh. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './rules';

runGenerator(FILES, process.argv.slice(2));
