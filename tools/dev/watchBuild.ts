import path from 'node:path';
import webpack, { type Configuration, type Stats } from 'webpack';
import type { ManagedProcess } from '../engines';
import { PROJECT_ROOT } from '../projectRoot';

export interface WatchOptions {
  /** Called after each build, also after one with errors. */
  onBuild: (build: Build) => void;
}

export interface Build {
  seconds: number;
  /** What the compiler reported, ready to print; empty when there are no errors. */
  errors: string;
}

/** Reads webpack.config.ts, which belongs to another TypeScript project than this file. */
async function readConfiguration(): Promise<Configuration> {
  const file = path.join(PROJECT_ROOT, 'webpack.config.ts');
  const { default: create } = (await import(file)) as {
    default: CreateConfiguration | { default: CreateConfiguration };
  };
  return (typeof create === 'function' ? create : create.default)({ development: true });
}

type CreateConfiguration = (env: { development: true }) => Promise<Configuration>;

/**
 * Builds the plugin into `dist`, and again whenever a file changes, as `npm run dev` does.
 * @returns when a build has succeeded; after errors, that's once a save has fixed them
 * @throws when webpack itself fails
 */
export async function startWatchBuild({ onBuild }: WatchOptions): Promise<ManagedProcess> {
  const compiler = webpack(await readConfiguration());
  if (!compiler) {
    throw new Error('webpack.config.ts is not a configuration that webpack accepts.');
  }
  let watching: ReturnType<typeof compiler.watch> | undefined;
  await new Promise<void>((resolve, reject) => {
    watching = compiler.watch({}, (error, stats) => {
      if (error || !stats) {
        reject(error ?? new Error('webpack reported neither a result nor an error.'));
        return;
      }
      onBuild(toBuild(stats));
      if (!stats.hasErrors()) {
        resolve();
      }
    });
  });
  const stop = () => new Promise<void>((resolve) => (watching ? watching.close(() => resolve()) : resolve()));
  return { name: 'webpack', url: '', pid: process.pid, logFile: '', stop };
}

function toBuild(stats: Stats): Build {
  return {
    seconds: (stats.endTime - stats.startTime) / 1000,
    errors: stats.hasErrors() ? stats.toString({ preset: 'errors-only', colors: process.stdout.isTTY }) : '',
  };
}
