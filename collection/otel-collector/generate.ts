/**
 * Writes the generated parts of the Collector's configurations. With `--check`, only reports files that are out of
 * date.
 */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './operators';

runGenerator(FILES, process.argv.slice(2));
