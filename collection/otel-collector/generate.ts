/** Writes the generated parts of the collector's configurations; `--check` only says whether they are fresh. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './operators';

runGenerator(FILES, process.argv.slice(2));
