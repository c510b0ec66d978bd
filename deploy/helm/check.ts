/** Lints the charts and runs their unit tests, with Helm and helm-unittest; ends with 1 when one of them complains. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findChartTool, type ChartTool } from '../../tools/engines';
import { CHART_FOLDER } from './files';
import { stackWithStubs, THOUSANDS_FILE } from './stack';

/** What nobody can give a default, so that the lint sees a chart that could be installed. */
const NEEDED = '--set=sedna-ops.exporter.image.repository=registry.example.org/sedna-ops-exporter';

/** Runs a tool. What it prints is shown when it fails, or always with `verbose`. */
function run(tool: ChartTool, args: readonly string[], verbose = false): void {
  const { status, error, stdout, stderr } = spawnSync(findChartTool(tool), args, { encoding: 'utf8' });
  const failed = error !== undefined || status !== 0;
  if (failed || verbose) {
    process.stdout.write(`${stdout ?? ''}${stderr ?? ''}`);
  }
  if (failed) {
    console.error(`${tool} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
    process.exitCode = 1;
  }
}

const lint = (chart: string, ...args: string[]) => run('helm', ['lint', '--strict', chart, ...args]);

const valuesFolder = path.join(CHART_FOLDER, 'ci');
for (const file of readdirSync(valuesFolder)) {
  lint(CHART_FOLDER, `--values=${path.join(valuesFolder, file)}`);
}
const stack = stackWithStubs();
lint(stack, NEEDED);
lint(stack, NEEDED, `--values=${THOUSANDS_FILE}`);
run('helm-unittest', [CHART_FOLDER], true);
