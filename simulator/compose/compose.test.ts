/** docker-compose.yaml agrees with the files, images and variables that it uses; no container engine is needed. */
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
const service = (name: string): Service => compose.services[name] ?? assert.fail(`there is no service ${name}`);

/** Services that end by themselves. */
const ONE_SHOT = ['prepare', 'history-blocks'];
/** Images that hold one program and no shell, and no check of their own. */
const NO_HEALTH_CHECK = ['kube-state-metrics', ...NODES.map(({ name }) => `collector-${name}`)];
/** Made by `make build`; a fresh clone has none. */
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

/** Whether the path is a mounted file, or lies in a folder that is mounted; then also whether the source has it. */
function isThere(of: Service, file: string): boolean {
  return mounts(of).some(({ source, target }) => {
    const inside = path.relative(target, file);
    return !inside.startsWith('..') && (!source.startsWith('./') || existsSync(path.join(ROOT, source, inside)));
  });
}

test('images are pinned', () => {
  for (const [name, { image, build }] of services) {
    const tag = /:([^:/]+)$/.exec(image.replace(/\$\{\w+:-([^}]+)\}/, '$1'))?.[1];
    assert.ok(tag && tag !== 'latest', `${name} has no pinned image: ${image}`);
    assert.ok(/\d+\.\d+\.\d+/.test(tag) || tag === 'local', `${name}: ${tag} names no full version`);
    assert.ok(!build || tag === 'local', `${name} is built here, so its tag is "local"`);
  }
  for (const file of ['simulator/Dockerfile', 'exporter/Dockerfile']) {
    for (const [, image] of read(file).matchAll(/^FROM (\S+)/gm)) {
      assert.match(image, /^node:24\.\d+\.\d+-/, `${file}: ${image}`);
    }
  }
});

test('versions are those that the engines are built from', () => {
  const version = (module: string, file: string) =>
    new RegExp(`${module.replace(/[.]/g, '\\.')} v(\\S+)`).exec(read(file))?.[1] ?? assert.fail(`${module} in ${file}`);
  const kubernetes = 'tools/engines/modules/kubernetes/go.mod';
  assert.ok(service('kube-state-metrics').image.endsWith(`:v${version('k8s.io/kube-state-metrics/v2', kubernetes)}`));
  assert.ok(service('k3s').image.includes(`:v${version('k8s.io/kubernetes', kubernetes)}-k3s`));
});

test('ports are published on loopback only', () => {
  const ports = services.flatMap(([, { ports = [] }]) => ports);
  assert.deepEqual(ports.sort(), ['127.0.0.1:3000:3000', '127.0.0.1:3100:3100', '127.0.0.1:9090:9090']);
  assert.deepEqual(
    services.filter(([, { network_mode: mode }]) => mode).map(([name]) => name),
    []
  );
});

test('nothing restarts by itself or has privileges', () => {
  for (const [name, { restart, privileged }] of services) {
    assert.equal(restart, 'no', name);
    assert.equal(privileged, undefined, name);
  }
});

test('every service has a health check, ends by itself, or is known to have no means for one', () => {
  const without = services.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name);
  assert.deepEqual(without.sort(), [...ONE_SHOT, ...NO_HEALTH_CHECK].sort());
});

test('dependencies exist and can come true; --wait knows which services end', () => {
  const awaited = new Set<string>();
  for (const [name, { depends_on: dependencies = {} }] of services) {
    for (const [other, { condition }] of Object.entries(dependencies)) {
      const what = `${name} waits for ${other}: ${condition}`;
      if (ONE_SHOT.includes(other)) {
        awaited.add(other);
        assert.equal(condition, 'service_completed_successfully', what);
      } else {
        assert.equal(condition, service(other).healthcheck ? 'service_healthy' : 'service_started', what);
      }
    }
  }
  // `up --wait` takes the end of a service for a failure, unless another waits for it.
  assert.deepEqual([...awaited].sort(), [...ONE_SHOT].sort());
});

test('every mounted path is in the repository, every volume is declared and used', () => {
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

test('files that commands and variables name are mounted', () => {
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
      `${name} does not read ${file}`
    );
    assert.ok(isThere(service(name), file), `${name} has no ${file}`);
  }
  const { SEDNA_DASHBOARDS: dashboards = '' } = service('grafana').environment ?? {};
  assert.ok(isThere(service('grafana'), dashboards), dashboards);
  const { LOKI_RULES: lokiRules = '' } = service('loki').environment ?? {};
  assert.ok(isThere(service('loki'), `${lokiRules}/fake/sedna.yaml`), lokiRules);
  const { SEDNA_LOKI_RULES: logRules = '' } = service('sedna').environment ?? {};
  assert.ok(isThere(service('sedna'), logRules), logRules);
  const { RULES: rules = '' } = service('history-blocks').environment ?? {};
  assert.ok(isThere(service('history-blocks'), rules), rules);
});

/** Names in `$NAME`, `${NAME}`, `${NAME:-default}` and `${env:NAME}`, without those that have a default. */
function neededBy(...files: string[]): string[] {
  const text = files.map((file) => read(file).replace(/^\s*#.*$/gm, '')).join('\n');
  const names = [...text.matchAll(/\$(?:\{(?:env:)?([A-Z]\w*)\}|([A-Z]\w*))/g)].map(([, a, b]) => a ?? b);
  return [...new Set(names)];
}

test('variables without a default in configuration files are set', () => {
  const needs: Array<[string, string[]]> = [
    ['grafana', neededBy('provisioning/datasources/sedna.yaml', 'provisioning/dashboards/sedna.yaml')],
    ['loki', neededBy('collection/loki/loki.yaml')],
    ...NODES.map(({ name }): [string, string[]] => [
      `collector-${name}`,
      neededBy('collection/otel-collector/config.yaml'),
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

test('results of Loki rules reach Prometheus, and a kill of a collector loses no line', () => {
  assert.ok(service('prometheus').command?.includes('--web.enable-remote-write-receiver'));
  assert.equal(service('loki').environment?.PROMETHEUS_URL, service('sedna').environment?.SEDNA_PROMETHEUS_URL);
  for (const { name } of NODES) {
    const { command } = service(`collector-${name}`);
    assert.ok(command?.includes('--feature-gates=stanza.synchronousLogEmitter'), name);
  }
});

test('variables that the processes of the demo ask for are set', () => {
  const asked = (file: string) =>
    [...read(file).matchAll(/(?:getRequired|getOwnedFolders|parsePositive)\(env, '(\w+)'/g)].map(([, name]) => name);
  for (const [name, file] of [
    ['prepare', 'simulator/compose/prepare.ts'],
    ['sedna', 'simulator/compose/simulation.ts'],
  ]) {
    const names = asked(file);
    assert.ok(names.length > 4, file);
    for (const needed of names) {
      assert.ok(service(name).environment?.[needed], `${name} does not set ${needed}`);
    }
  }
});

test('there is a collector for each simulated node, and for no other', () => {
  const collectors = services.filter(([name]) => name.startsWith('collector-'));
  assert.equal(collectors.length, NODES.length);
  for (const { name } of NODES) {
    const { NODE_NAME, LOG_ROOT, STATE_DIR } = service(`collector-${name}`).environment ?? {};
    assert.deepEqual([NODE_NAME, LOG_ROOT, STATE_DIR], [name, `/logs/${name}/pods`, `/state/${name}`]);
  }
});

test('addresses are those of services, and Prometheus scrapes what the history has scraped', () => {
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

test('volumes are given to the users of the images that write there', () => {
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

test('who collects has a kubeconfig of its own, with the folder that prepare fills for its user', () => {
  const access = (of: Service, folder: string) => mounts(of).find(({ target }) => target === folder)?.source;
  const prepared = (variable: string) => getOwnedFolders(service('prepare').environment ?? {}, variable)[0];
  for (const [name, variable, file] of [
    ['kube-state-metrics', 'SEDNA_KUBE_STATE_METRICS_ACCESS', service('kube-state-metrics').command?.[0].split('=')[1]],
    ['sedna-exporter', 'SEDNA_EXPORTER_ACCESS', service('sedna-exporter').environment?.KUBECONFIG],
  ] as const) {
    const { folder, user } = prepared(variable);
    assert.equal(path.basename(file ?? ''), 'kubeconfig.yaml', name);
    assert.equal(access(service(name), path.dirname(file ?? '')), access(service('prepare'), folder), name);
    assert.notEqual(access(service(name), path.dirname(file ?? '')), 'access', `${name} is no administrator`);
    assert.equal(service(name).user, `${user}:${user}`, name);
  }
});

test('what the Dockerfiles copy is there', () => {
  for (const file of ['simulator/Dockerfile', 'exporter/Dockerfile']) {
    for (const [, words] of read(file).matchAll(/^COPY (?!--from)(.+)$/gm)) {
      for (const source of words.split(' ').slice(0, -1)) {
        assert.ok(existsSync(path.join(ROOT, source)), `${file}: ${source}`);
      }
    }
  }
  assert.ok(statSync(path.join(ROOT, 'simulator/compose/history-blocks.sh')).isFile());
});

/** Paths that a Dockerfile copies from its build context. */
const copiedBy = (dockerfile: string) =>
  [...read(dockerfile).matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words]) => words.split(' ').slice(0, -1));

/** Whether a .dockerignore lets a path through; the last pattern that matches decides, as Docker does it. */
function isInBuildContext(ignoreFile: string, file: string): boolean {
  const matching = read(ignoreFile)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .filter((line) => {
      const pattern = line.replace(/^!/, '');
      // A pattern that matches a folder matches what is in it.
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
    const copied = copiedBy(dockerfile);
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

test('settings that are wrong are refused with their name', () => {
  assert.throws(() => getRequired({}, 'SEDNA_HISTORY'), /SEDNA_HISTORY/);
  assert.throws(() => parsePositive({ SEDNA_SEED: 'x' }, 'SEDNA_SEED', 1), /SEDNA_SEED/);
  assert.equal(parsePositive({ SEDNA_SEED: '' }, 'SEDNA_SEED', 1), 1);
  assert.deepEqual(getOwnedFolders({ A: '/logs:1000, /loki:10001' }, 'A'), [
    { folder: '/logs', user: 1000 },
    { folder: '/loki', user: 10001 },
  ]);
  assert.throws(() => getOwnedFolders({ A: 'logs' }, 'A'), /folder:uid/);
});
