/** What the demo's container runs in docker-compose.yaml: `entrypoint.js prepare`, then `entrypoint.js story`. */
import { prepare } from './prepare';
import { log } from './settings';
import { runSimulation } from './simulation';

async function main(phase: string | undefined): Promise<void> {
  const end = new AbortController();
  // During the history nothing is lost by ending at once: the next start begins a new story.
  const stop = () => end.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (phase === 'prepare') {
    return prepare(process.env);
  }
  if (phase === 'story') {
    const exit = () => setTimeout(() => process.exit(0), 5_000).unref();
    end.signal.addEventListener('abort', exit);
    return runSimulation(process.env, end.signal);
  }
  throw new Error(`unknown phase "${phase ?? ''}"; there are prepare and story`);
}

main(process.argv[2]).catch((error: Error) => {
  log(error.message);
  process.exit(1);
});
