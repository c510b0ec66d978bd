/** Writes the Prometheus rules. With `--check`, only reports files that are out of date. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './rules';

runGenerator(FILES, process.argv.slice(2));
