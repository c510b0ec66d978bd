import { isMainThread, workerData } from 'node:worker_threads';
import { readConfig } from './config';
import { runWorker, type WorkerOptions } from './knowledgeBase/worker';
import { startService } from './service';

const log = (line: string) => console.error(`${new Date().toISOString()} ${JSON.stringify(line).slice(1, -1)}`);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const service = await startService(config, __filename, log);
  log(`listening on ${service.url}`);
  const end = (signal: NodeJS.Signals) => {
    log(`${signal}: closing`);
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

if (isMainThread) {
  main().catch((error: Error) => {
    log(error.message);
    process.exitCode = 1;
  });
} else {
  runWorker(workerData as WorkerOptions);
}
