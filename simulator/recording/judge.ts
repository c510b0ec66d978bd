/**
 * `npm run judge -- <folder>`: prints how the judgement of each object changed during a recording. `--tsv` prints
 * tab-separated values, and `--expected` compares the last judgements with expected.json, and measures how late faults are
 * named.
 */
import { formatDelays, isWithin, measureDelays } from './delays';
import { compareWithExpectations, formatComparison, readExpectations } from './expectations';
import { formatMarkdown, formatTsv, judgeRecording, toChanges } from './judgements';
import { readRecording } from './recording';

function main(folder: string | undefined, options: readonly string[]): void {
  if (folder === undefined) {
    throw new Error('Usage: npm run judge -- <folder of a recording> [--tsv | --expected]');
  }
  const recording = readRecording(folder);
  if (options.includes('--expected')) {
    const expectations = readExpectations(folder);
    if (!expectations) {
      throw new Error(`${folder} has no expected.json`);
    }
    const comparisons = compareWithExpectations(recording, expectations);
    const delays = measureDelays(recording, expectations);
    process.stdout.write(`${formatComparison(comparisons)}\n${formatDelays(delays)}`);
    const isKept =
      comparisons.every(({ differences }) => differences.length === 0) &&
      delays.every(({ named, judged }) => isWithin(named) && isWithin(judged));
    process.exitCode = isKept ? 0 : 1;
    return;
  }
  const rows = toChanges(judgeRecording(recording));
  // By object, so that the story of each reads from top to bottom; the times of one object ascend.
  rows.sort((a, b) => a.object.localeCompare(b.object) || a.time - b.time);
  process.stdout.write(options.includes('--tsv') ? formatTsv(rows) : formatMarkdown(rows));
}

const [options, [folder]] = [true, false].map((isOption) =>
  process.argv.slice(2).filter((argument) => argument.startsWith('--') === isOption)
);
try {
  main(folder, options);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
