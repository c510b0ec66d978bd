/** Writes the configuration of kube-state-metrics from src/sedna; `--check` only says whether it is fresh. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './files';

runGenerator(FILES, process.argv.slice(2));
