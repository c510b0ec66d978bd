/** `npm run record -- <folder> [arguments of kubectl]`: records until Ctrl-C. */
import { record } from './record';

async function main([folder, ...kubectlArgs]: readonly string[]): Promise<void> {
  if (folder === undefined || folder.startsWith('-')) {
    throw new Error('Usage: npm run record -- <new folder> [arguments of kubectl, such as --context=edge]');
  }
  const end = new AbortController();
  process.once('SIGINT', () => end.abort());
  process.once('SIGTERM', () => end.abort());
  console.log(`Recording into ${folder}. Press Ctrl-C to end.`);
  const count = await record({ folder, kubectlArgs, signal: end.signal, log: (line) => console.error(line) });
  console.log(`Recorded ${count} versions of objects. Describe in ${folder}/story.md what was done.`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
