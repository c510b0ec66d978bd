import { execFileSync } from 'node:child_process';

/** Whether Docker Compose can start containers here; a client without a container engine can't. */
export function hasCompose(): boolean {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 });
    execFileSync('docker', ['compose', 'version'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
