/** Stops and starts servers of the stack under test, however it was started. */
import { execFileSync } from 'node:child_process';

export type Server = 'prometheus' | 'loki';

export interface Control {
  /** Resolves when the server is gone. */
  stop(server: Server): Promise<void>;
  /** Resolves when the server answers again. */
  start(server: Server): Promise<void>;
}

/** The native stack listens for orders at this address. */
const address = process.env.SEDNA_CONTROL_URL;

/** Whether the servers are this runner's or those of docker-compose.yaml. */
export function canControl(): boolean {
  try {
    return Boolean(address) || execFileSync('docker', ['compose', 'ps', '--quiet'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}

async function order(action: 'stop' | 'start', server: Server): Promise<void> {
  if (address) {
    const answer = await fetch(`${address}/${action}/${server}`, { method: 'POST' });
    if (!answer.ok) {
      throw new Error(`could not ${action} ${server}: ${await answer.text()}`);
    }
    return;
  }
  const compose = action === 'stop' ? ['stop', server] : ['up', '--wait', server];
  execFileSync('docker', ['compose', ...compose], { stdio: 'inherit' });
}

export const control: Control = {
  stop: (server) => order('stop', server),
  start: (server) => order('start', server),
};
