/** Writes the alerts for Grafana and Prometheus, their index, and the runbooks; `--check` only tells whether they are fresh. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './files';

runGenerator(FILES, process.argv.slice(2));
