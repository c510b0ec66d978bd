/** Environment variables that docker-compose.yaml sets for the services of the demo. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns a variable. @throws if it is missing or empty, with its name */
export function getRequired(env: Environment, name: string): string {
  const value = env[name];
  if (!value) {
    throw new Error(`${name} isn't set. Run this in docker-compose.yaml, or set it as that file does.`);
  }
  return value;
}

/** Parses a number. @throws if it isn't a positive number, with the name of the variable */
export function parsePositive(env: Environment, name: string, defaultValue: number): number {
  const value = Number(env[name] || defaultValue);
  if (!(value > 0)) {
    throw new Error(`${name} must be a positive number, not "${env[name]}"`);
  }
  return value;
}

/** A folder and the uid of its owner. */
export interface OwnedFolder {
  folder: string;
  user: number;
}

/**
 * Parses `folder:uid,folder:uid`.
 * @throws if the format differs, with the name of the variable
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
