/** Writes the configuration of kube-state-metrics. With `--check`, only reports files that are out of date. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { FILES } from './files';

runGenerator(FILES, process.argv.slice(2));
