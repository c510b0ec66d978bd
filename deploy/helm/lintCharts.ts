/** Lints the charts with Helm and runs their unit tests with helm-unittest; exits with 1 if either fails. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findChartTool, type ChartTool } from '../../tools/engines';
import { CHART_FOLDER, createStackWithStubs, THOUSANDS_OF_NODES_FILE } from './charts';

/** The one required value without a default; `helm lint` fails without it. */
const REQUIRED_VALUE = '--set=sedna-ops.exporter.image.repository=registry.example.org/sedna-ops-exporter';

/**
 * Runs a tool. Prints its output if it fails, or only stdout if it succeeds and `verbose` is set: stderr then has a line
 * for each symbolic link in the chart.
 */
function run(tool: ChartTool, args: readonly string[], verbose = false): void {
  const { status, error, stdout, stderr } = spawnSync(findChartTool(tool), args, { encoding: 'utf8' });
  const failed = error !== undefined || status !== 0;
  if (failed || verbose) {
    process.stdout.write(stdout ?? '');
  }
  if (failed) {
    process.stderr.write(stderr ?? '');
    console.error(`${tool} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
    process.exitCode = 1;
  }
}

const lint = (chart: string, ...args: string[]) => run('helm', ['lint', '--strict', chart, ...args]);

const valuesFolder = path.join(CHART_FOLDER, 'ci');
for (const file of readdirSync(valuesFolder)) {
  lint(CHART_FOLDER, `--values=${path.join(valuesFolder, file)}`);
}
const stack = createStackWithStubs();
lint(stack, REQUIRED_VALUE);
lint(stack, REQUIRED_VALUE, `--values=${THOUSANDS_OF_NODES_FILE}`);
run('helm-unittest', [CHART_FOLDER], true);
