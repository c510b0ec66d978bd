import { isMainThread, workerData } from 'node:worker_threads';
import { parseConfig } from './config';
import { runWorker, type WorkerOptions } from './knowledge-base/worker';
import { startService } from './http/service';

const log = (line: string) => console.error(`${new Date().toISOString()} ${JSON.stringify(line).slice(1, -1)}`);

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const service = await startService(config, __filename, log);
  log(`listening on ${service.url}`);
  const shutDown = (signal: NodeJS.Signals) => {
    log(`received ${signal}, shutting down`);
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
}

if (isMainThread) {
  main().catch((error: Error) => {
    log(error.message);
    process.exitCode = 1;
  });
} else {
  runWorker(workerData as WorkerOptions);
}
