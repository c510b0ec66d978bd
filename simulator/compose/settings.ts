/** What the services of docker-compose.yaml tell the demo's processes, by environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws naming the variable, for one that is missing or empty */
export function getRequired(env: Environment, name: string): string {
  const value = env[name];
  if (!value) {
    throw new Error(`${name} is not set; docker-compose.yaml sets it`);
  }
  return value;
}

/** A number from the environment. @throws naming the variable, for what is no number above zero */
export function parsePositive(env: Environment, name: string, defaultValue: number): number {
  const value = Number(env[name] || defaultValue);
  if (!(value > 0)) {
    throw new Error(`${name} must be a number above zero, not "${env[name]}"`);
  }
  return value;
}

/** A folder and who owns it. */
export interface OwnedFolder {
  folder: string;
  user: number;
}

/**
 * Reads `folder:uid,folder:uid`.
 * @throws naming the variable, for a text of another form
 */
export function getOwnedFolders(env: Environment, name: string): OwnedFolder[] {
  return getRequired(env, name)
    .split(',')
    .map((entry) => {
      const match = /^\s*(\/[^:,]+):(\d+)\s*$/.exec(entry);
      if (!match) {
        throw new Error(`${name} must be folder:uid,folder:uid, not "${entry}"`);
      }
      return { folder: match[1], user: Number(match[2]) };
    });
}

export function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}
