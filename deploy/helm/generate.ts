/** Updates the table of values in the README of the chart; with `--check`, only reports whether it is current. */
import { runGenerator } from '../../tools/generators/generatedFiles';
import { CHART_FOLDER } from './charts';
import { buildReadme } from './valuesTable';

runGenerator([buildReadme(CHART_FOLDER)], process.argv.slice(2));
