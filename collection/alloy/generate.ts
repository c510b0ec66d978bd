/**
 * Writes Alloy's configurations from those of the OpenTelemetry Collector; `--check` only says whether they are fresh.
 */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './files';

runGenerator(FILES, process.argv.slice(2));
