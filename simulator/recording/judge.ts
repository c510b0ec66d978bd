/** `npm run judge -- <folder> [--tsv]`: prints how the judgement of each object changed during a recording. */
import { formatMarkdown, formatTsv, judgeRecording, toChanges } from './judgements';
import { readRecording } from './recording';

const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folder === undefined) {
  console.error('Usage: npm run judge -- <folder of a recording> [--tsv]');
  process.exit(1);
}
const rows = toChanges(judgeRecording(readRecording(folder)));
// By object, so that the story of each reads from top to bottom; the times of one object ascend.
rows.sort((a, b) => a.object.localeCompare(b.object) || a.time - b.time);
process.stdout.write(process.argv.includes('--tsv') ? formatTsv(rows) : formatMarkdown(rows));
