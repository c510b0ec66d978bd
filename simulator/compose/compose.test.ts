/** Checks docker-compose.yaml against the files, images, and variables that it uses, without a container engine. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { getOwnedFolders, parsePositive, getRequired } from './settings';
import { NODES } from '../engine/nodes';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Bind {
  type: string;
  source: string;
  target: string;
}

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  user?: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  volumes?: Array<string | Bind>;
  ports?: string[];
  restart?: string;
  privileged?: boolean;
  network_mode?: string;
}

const compose = parse(read('docker-compose.yaml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const service = (name: string): Service =>
  compose.services[name] ?? assert.fail(`docker-compose.yaml has no service ${name}`);

/** Services that exit after their work. */
const ONE_SHOT = ['prepare', 'history-blocks'];
/** Services whose images have neither a shell nor a health check. */
const NO_HEALTH_CHECK = ['kube-state-metrics', ...NODES.map(({ name }) => `collector-${name}`)];
/** Created by `make build`, so missing in a fresh clone. */
const BUILT = ['./dist'];

function mounts({ volumes = [] }: Service): Array<{ source: string; target: string }> {
  return volumes.map((volume) => {
    if (typeof volume !== 'string') {
      return volume;
    }
    const [source, target] = volume.split(':');
    return { source, target };
  });
}

/** Whether a path is in a mount, and exists in its source if that is in the repository. */
function isMounted(of: Service, file: string): boolean {
  return mounts(of).some(({ source, target }) => {
    const inside = path.relative(target, file);
    return !inside.startsWith('..') && (!source.startsWith('./') || existsSync(path.join(ROOT, source, inside)));
  });
}

test('services that are built here have the tag "local"', () => {
  for (const [name, { image, build }] of services.filter(([, of]) => of.build)) {
    assert.ok(build && image.endsWith(':local'), name);
  }
});

test('ports are only published on loopback', () => {
  const ports = services.flatMap(([, { ports = [] }]) => ports);
  assert.deepEqual(ports.sort(), ['127.0.0.1:3000:3000', '127.0.0.1:3100:3100', '127.0.0.1:9090:9090']);
  assert.deepEqual(
    services.filter(([, { network_mode: mode }]) => mode).map(([name]) => name),
    []
  );
});

test('no service restarts automatically or is privileged', () => {
  for (const [name, { restart, privileged }] of services) {
    assert.equal(restart, 'no', name);
    assert.equal(privileged, undefined, name);
  }
});

test('every service has a health check, except for one-shot services and images without a shell', () => {
  const without = services.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name);
  assert.deepEqual(without.sort(), [...ONE_SHOT, ...NO_HEALTH_CHECK].sort());
});

test('dependencies exist, and one-shot services work with --wait', () => {
  const awaited = new Set<string>();
  for (const [name, { depends_on: dependencies = {} }] of services) {
    for (const [other, { condition }] of Object.entries(dependencies)) {
      const message = `${name} waits for ${other}: ${condition}`;
      if (ONE_SHOT.includes(other)) {
        awaited.add(other);
        assert.equal(condition, 'service_completed_successfully', message);
      } else {
        assert.equal(condition, service(other).healthcheck ? 'service_healthy' : 'service_started', message);
      }
    }
  }
  // `up --wait` treats an exited service as failed, unless another service waits for it.
  assert.deepEqual([...awaited].sort(), [...ONE_SHOT].sort());
});

test('every mounted path exists, and every volume is declared and used', () => {
  const used = new Set<string>();
  for (const [name, of] of services) {
    for (const { source } of mounts(of)) {
      if (!source.startsWith('.')) {
        used.add(source);
      } else if (!BUILT.includes(source)) {
        assert.ok(existsSync(path.join(ROOT, source)), `${name} mounts ${source}`);
      }
    }
  }
  assert.deepEqual([...used].sort(), Object.keys(compose.volumes).sort());
  const dist = service('grafana').volumes?.find((volume) => typeof volume !== 'string');
  assert.deepEqual((dist as Bind & { bind: unknown }).bind, { create_host_path: false });
});

test('files in commands and variables are mounted', () => {
  const files: Array<[string, string]> = [
    ['kube-state-metrics', '/etc/kube-state-metrics/config.yaml'],
    ['kube-state-metrics', '/etc/kube-state-metrics/custom-resource-state.yaml'],
    ['prometheus', '/etc/prometheus/prometheus.yml'],
    ['loki', '/etc/loki/loki.yaml'],
    ...NODES.map(({ name }): [string, string] => [`collector-${name}`, '/etc/otelcol/config.yaml']),
  ];
  for (const [name, file] of files) {
    assert.ok(
      service(name).command?.some((argument) => argument.endsWith(file)),
      `${name} doesn't use ${file}`
    );
    assert.ok(isMounted(service(name), file), `${name} doesn't mount ${file}`);
  }
  const { SEDNA_DASHBOARDS: dashboards = '' } = service('grafana').environment ?? {};
  assert.ok(isMounted(service('grafana'), dashboards), dashboards);
  const { LOKI_RULES: lokiRules = '' } = service('loki').environment ?? {};
  assert.ok(isMounted(service('loki'), `${lokiRules}/fake/sedna.yaml`), lokiRules);
  const { SEDNA_LOKI_RULES: logRules = '' } = service('sedna').environment ?? {};
  assert.ok(isMounted(service('sedna'), logRules), logRules);
  const { RULES: rules = '' } = service('history-blocks').environment ?? {};
  assert.ok(isMounted(service('history-blocks'), rules), rules);
});

/** Returns the names in `$NAME`, `${NAME}`, and `${env:NAME}`, without variables that have a default. */
function findRequiredVariables(...files: string[]): string[] {
  const text = files.map((file) => read(file).replace(/^\s*#.*$/gm, '')).join('\n');
  const names = [...text.matchAll(/\$(?:\{(?:env:)?([A-Z]\w*)\}|([A-Z]\w*))/g)].map(([, a, b]) => a ?? b);
  return [...new Set(names)];
}

test('all variables without a default in configuration files are set', () => {
  const needs: Array<[string, string[]]> = [
    ['grafana', findRequiredVariables('provisioning/datasources/sedna.yaml', 'provisioning/dashboards/sedna.yaml')],
    ['loki', findRequiredVariables('collection/loki/loki.yaml')],
    ...NODES.map(({ name }): [string, string[]] => [
      `collector-${name}`,
      findRequiredVariables('collection/otel-collector/config.yaml'),
    ]),
  ];
  assert.deepEqual(needs[0][1].sort(), ['SEDNA_DASHBOARDS', 'SEDNA_LOKI_URL', 'SEDNA_PROMETHEUS_URL']);
  for (const [name, names] of needs) {
    const set = Object.keys(service(name).environment ?? {});
    assert.deepEqual(
      names.filter((needed) => !set.includes(needed)),
      [],
      name
    );
  }
  assert.equal(service('loki').environment?.LOKI_ADDRESS, '0.0.0.0');
});

test('Prometheus receives the results of Loki rules, and a killed collector loses no line', () => {
  assert.ok(service('prometheus').command?.includes('--web.enable-remote-write-receiver'));
  assert.equal(service('loki').environment?.PROMETHEUS_URL, service('sedna').environment?.SEDNA_PROMETHEUS_URL);
  for (const { name } of NODES) {
    const { command } = service(`collector-${name}`);
    assert.ok(command?.includes('--feature-gates=stanza.synchronousLogEmitter'), name);
  }
});

test('all variables that the demo requires are set', () => {
  const findNames = (file: string) =>
    [...read(file).matchAll(/(?:getRequired|getOwnedFolders|parsePositive)\(env, '(\w+)'/g)].map(([, name]) => name);
  for (const [name, file] of [
    ['prepare', 'simulator/compose/prepare.ts'],
    ['sedna', 'simulator/compose/simulation.ts'],
  ]) {
    const names = findNames(file);
    assert.ok(names.length > 4, file);
    for (const needed of names) {
      assert.ok(service(name).environment?.[needed], `${name} doesn't set ${needed}`);
    }
  }
});

test('every simulated node has a collector', () => {
  const collectors = services.filter(([name]) => name.startsWith('collector-'));
  assert.equal(collectors.length, NODES.length);
  for (const { name } of NODES) {
    const { NODE_NAME, LOG_ROOT, STATE_DIR } = service(`collector-${name}`).environment ?? {};
    assert.deepEqual([NODE_NAME, LOG_ROOT, STATE_DIR], [name, `/logs/${name}/pods`, `/state/${name}`]);
  }
});

test('URLs contain names of services, and Prometheus scrapes the same targets as the history', () => {
  for (const [name, { environment = {} }] of services) {
    for (const [variable, value] of Object.entries(environment)) {
      const host = /^https?:\/\/([^:/]+)/.exec(value)?.[1];
      assert.ok(!host || compose.services[host], `${name}: ${variable}=${value}`);
    }
  }
  const { environment = {} } = service('sedna');
  for (const [file, variable] of [
    ['kube-state-metrics', 'SEDNA_KUBE_STATE_METRICS_URL'],
    ['sedna-exporter', 'SEDNA_EXPORTER_URL'],
  ]) {
    const targets = JSON.parse(read(`collection/prometheus/targets/${file}.json`));
    assert.deepEqual(targets, [{ targets: [new URL(environment[variable]).host] }]);
  }
});

test('volumes belong to the users of the services that write to them', () => {
  const environment = service('prepare').environment ?? {};
  const owned = [
    'SEDNA_ACCESS',
    'SEDNA_KUBE_STATE_METRICS_ACCESS',
    'SEDNA_EXPORTER_ACCESS',
    'SEDNA_LOG_ROOT',
    'SEDNA_FOLDERS',
  ].flatMap((name) => getOwnedFolders(environment, name));
  const users = new Map(owned.map(({ folder, user }) => [folder, user]));
  const volumeOf = new Map(mounts(service('prepare')).map(({ source, target }) => [source, target]));
  for (const [name, of] of services.filter(([name]) => !['prepare', 'k3s'].includes(name))) {
    for (const volume of of.volumes ?? []) {
      const [source, , mode] = typeof volume === 'string' ? volume.split(':') : [];
      if (source && !source.startsWith('.') && mode !== 'ro') {
        const user = users.get(volumeOf.get(source) ?? '');
        assert.equal(of.user, `${user}:${user}`, `${name} writes to ${source}`);
      }
    }
  }
});

test('each collector has its own kubeconfig, which prepare writes for its user', () => {
  const access = (of: Service, folder: string) => mounts(of).find(({ target }) => target === folder)?.source;
  const prepared = (variable: string) => getOwnedFolders(service('prepare').environment ?? {}, variable)[0];
  for (const [name, variable, file] of [
    ['kube-state-metrics', 'SEDNA_KUBE_STATE_METRICS_ACCESS', service('kube-state-metrics').command?.[0].split('=')[1]],
    ['sedna-exporter', 'SEDNA_EXPORTER_ACCESS', service('sedna-exporter').environment?.KUBECONFIG],
  ] as const) {
    const { folder, user } = prepared(variable);
    assert.equal(path.basename(file ?? ''), 'kubeconfig.yaml', name);
    assert.equal(access(service(name), path.dirname(file ?? '')), access(service('prepare'), folder), name);
    assert.notEqual(
      access(service(name), path.dirname(file ?? '')),
      'access',
      `${name} must not have the kubeconfig of the administrator`
    );
    assert.equal(service(name).user, `${user}:${user}`, name);
  }
});

test('all files that the Dockerfiles copy exist', () => {
  for (const file of ['simulator/Dockerfile', 'exporter/Dockerfile']) {
    for (const [, words] of read(file).matchAll(/^COPY (?!--from)(.+)$/gm)) {
      for (const source of words.split(' ').slice(0, -1)) {
        assert.ok(existsSync(path.join(ROOT, source)), `${file}: ${source}`);
      }
    }
  }
  assert.ok(statSync(path.join(ROOT, 'simulator/compose/history-blocks.sh')).isFile());
});

/** Returns the paths that a Dockerfile copies from its build context. */
const findCopiedPaths = (dockerfile: string) =>
  [...read(dockerfile).matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words]) => words.split(' ').slice(0, -1));

/** Whether a .dockerignore includes a path. The last matching pattern decides, as in Docker. */
function isInBuildContext(ignoreFile: string, file: string): boolean {
  const matching = read(ignoreFile)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .filter((line) => {
      const pattern = line.replace(/^!/, '');
      // A pattern that matches a folder also matches its content.
      return file.split('/').some((_, index, parts) => path.matchesGlob(parts.slice(0, index + 1).join('/'), pattern));
    });
  return matching.at(-1)?.startsWith('!') ?? true;
}

for (const [dockerfile, entry] of [
  ['simulator/Dockerfile', 'simulator/compose/entrypoint.ts'],
  ['exporter/Dockerfile', 'exporter/main.ts'],
]) {
  test(`${dockerfile} copies every file that goes into its bundle`, async () => {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
    const copied = findCopiedPaths(dockerfile);
    assert.ok(sources.includes(entry));
    assert.deepEqual(
      sources.filter(
        (file) =>
          !copied.some((source) => !path.relative(source, file).startsWith('..')) ||
          !isInBuildContext(`${dockerfile}.dockerignore`, file)
      ),
      []
    );
  });
}

test('wrong settings fail with the name of the variable', () => {
  assert.throws(() => getRequired({}, 'SEDNA_HISTORY'), /SEDNA_HISTORY/);
  assert.throws(() => parsePositive({ SEDNA_SEED: 'x' }, 'SEDNA_SEED', 1), /SEDNA_SEED/);
  assert.equal(parsePositive({ SEDNA_SEED: '' }, 'SEDNA_SEED', 1), 1);
  assert.deepEqual(getOwnedFolders({ A: '/logs:1000, /loki:10001' }, 'A'), [
    { folder: '/logs', user: 1000 },
    { folder: '/loki', user: 10001 },
  ]);
  assert.throws(() => getOwnedFolders({ A: 'logs' }, 'A'), /folder:uid/);
});
