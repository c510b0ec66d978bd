/** The build of create-plugin, for the browsers that Grafana 12.4 and later run in: what is not translated is small. */
import path from 'node:path';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import ESLintPlugin from 'eslint-webpack-plugin';
import LiveReloadPlugin from 'webpack-livereload-plugin';
import { NormalModuleReplacementPlugin, type Configuration, type RuleSetRule } from 'webpack';
import grafanaConfig, { type Env } from './.config/webpack/webpack.config';
import { BUNDLED_FOLDER, toBundledDashboard } from './dashboards/bundled';
import { REPLACED } from './tools/build/scenesStubs';

interface SwcLoader {
  loader: string;
  options: { jsc: { target: string } };
}

const isSwc = (use: unknown): use is SwcLoader => (use as SwcLoader | undefined)?.loader === 'swc-loader';

/** Reloads pages in any Grafana without an edit of its page, and leaves linting to editors: a build would wait for it. */
function forFastRebuilds(plugins: Configuration['plugins'] = []): Configuration['plugins'] {
  const port = Number(process.env.SEDNA_DEV_RELOAD_PORT) || undefined;
  return [
    ...plugins.filter((plugin) => !(plugin instanceof ESLintPlugin || plugin instanceof LiveReloadPlugin)),
    new LiveReloadPlugin({ appendScriptTag: true, ...(port && { port }) }),
  ];
}

export default async function config(env: Env): Promise<Configuration> {
  const base = await grafanaConfig(env);
  if (env.development) {
    base.plugins = forFastRebuilds(base.plugins);
    // The page keeps the last build that succeeded.
    base.optimization = { ...base.optimization, emitOnErrors: false };
  }
  const loaders = (base.module?.rules ?? []).map((rule) => (rule as RuleSetRule).use).filter(isSwc);
  if (loaders.length !== 1) {
    throw new Error('The configuration of create-plugin has changed: its rule for TypeScript is not where it was.');
  }
  loaders[0].options.jsc.target = 'es2022';
  base.resolve = {
    ...base.resolve,
    alias: {
      ...base.resolve?.alias,
      '@grafana/e2e-selectors$': path.join(__dirname, 'tools', 'build', 'e2eSelectors.ts'),
    },
  };
  base.plugins?.push(
    new NormalModuleReplacementPlugin(REPLACED, path.join(__dirname, 'tools', 'build', 'scenesStubs.ts')),
    new CopyWebpackPlugin({
      patterns: [
        // Alerts link to their runbooks where Grafana serves them.
        { context: path.join(__dirname, 'docs', 'runbooks'), from: '*.md', to: 'runbooks/[name].txt' },
        {
          context: path.join(__dirname, 'provisioning', 'dashboards'),
          from: '*.json',
          to: BUNDLED_FOLDER,
          transform: (content) => toBundledDashboard(content.toString()),
        },
      ],
    })
  );
  // What was built by another configuration is not taken out of the cache.
  if (typeof base.cache === 'object' && base.cache.type === 'filesystem') {
    base.cache.buildDependencies = { ...base.cache.buildDependencies, here: [__filename] };
  }
  return base;
}
