import { isPortFree } from '../engines';

/** What `make dev` reads from its environment. */
export interface DevOptions {
  /** Where Grafana listens. */
  grafanaPort: number;
  /** Where the browser learns of a new build. */
  reloadPort: number;
}

/** The variable of each port, and its default. */
const PORTS = {
  grafanaPort: { variable: 'SEDNA_DEV_PORT', usual: 3000, purpose: 'Grafana' },
  reloadPort: { variable: 'SEDNA_DEV_RELOAD_PORT', usual: 35729, purpose: 'live reload' },
} as const;

const NAMES = Object.keys(PORTS) as Array<keyof DevOptions>;

/** @throws naming the variable, for a value that is not a port, and for two equal ports */
export function readOptions(env: Readonly<Record<string, string | undefined>>): DevOptions {
  const options = Object.fromEntries(NAMES.map((name) => [name, readPort(env, name)])) as Record<
    keyof DevOptions,
    number
  >;
  if (options.grafanaPort === options.reloadPort) {
    throw new Error(
      `${PORTS.grafanaPort.variable} and ${PORTS.reloadPort.variable} are both ${options.grafanaPort}: they must differ.`
    );
  }
  return options;
}

function readPort(env: Readonly<Record<string, string | undefined>>, name: keyof DevOptions): number {
  const { variable, usual } = PORTS[name];
  const text = env[variable] || String(usual);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Error(`${variable} must be a port from 1 to 65535, not "${text}".`);
  }
  return port;
}

/** @throws naming the first port that is in use, and the variable that changes it */
export async function assertPortsFree(
  options: DevOptions,
  isFree: (port: number) => Promise<boolean> = isPortFree
): Promise<void> {
  for (const name of NAMES) {
    if (!(await isFree(options[name]))) {
      const { variable, purpose } = PORTS[name];
      throw new Error(
        `Port ${options[name]} for ${purpose} is in use. Stop what uses it, or choose another port: ${variable}=${options[name] + 1} make dev`
      );
    }
  }
}
