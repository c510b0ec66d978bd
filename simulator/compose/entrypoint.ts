/** Entrypoint of the demo image in docker-compose.yaml: `entrypoint.js prepare`, then `entrypoint.js simulate`. */
import { prepare } from './prepare';
import { log } from './settings';
import { runSimulation } from './simulation';

async function main(command: string | undefined): Promise<void> {
  const end = new AbortController();
  // Ending early loses nothing, because the next start begins a new simulation.
  const stop = () => end.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (command === 'prepare') {
    return prepare(process.env);
  }
  if (command === 'simulate') {
    const exit = () => setTimeout(() => process.exit(0), 5_000).unref();
    end.signal.addEventListener('abort', exit);
    return runSimulation(process.env, end.signal);
  }
  throw new Error(`Unknown command "${command ?? ''}". Use prepare or simulate.`);
}

main(process.argv[2]).catch((error: Error) => {
  log(error.message);
  process.exit(1);
});
