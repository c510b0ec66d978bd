/** Writes the alerts for Grafana, for Prometheus and for readers; `--check` only says whether all are fresh. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './files';

runGenerator(FILES, process.argv.slice(2));
