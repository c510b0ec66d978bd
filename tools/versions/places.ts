/** Writes the versions of images and servers to the files that need them as text. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../projectRoot';
import { replaceMarkedPart, type GeneratedFile } from '../generators/generatedFiles';
import {
  getEngineVersions,
  getGoVersion,
  getHelmVersions,
  getImage,
  getOwnVersion,
  IMAGES,
  type Image,
} from './versions';

/** Files with generated versions. */
export const FILES_WITH_VERSIONS = [
  '.devcontainer/devcontainer.json',
  '.github/ISSUE_TEMPLATE/bug.yml',
  '.github/ISSUE_TEMPLATE/diagnosis.yml',
  '.github/workflows/ci.yml',
  'README.md',
  'collection/otel-collector/sidecar-pod.yaml',
  'deploy/helm/sedna-ops-stack/Chart.yaml',
  'deploy/helm/sedna-ops-stack/README.md',
  'deploy/helm/sedna-ops-stack/values.yaml',
  'deploy/helm/sedna-ops/Chart.yaml',
  'deploy/helm/sedna-ops/README.md',
  'deploy/helm/sedna-ops/tests/defaults_test.yaml',
  'deploy/helm/sedna-ops/values.yaml',
  'docker-compose.yaml',
  'docs/run/install.md',
  'exporter/Dockerfile',
  'simulator/Dockerfile',
];

const TABLE_FILE = 'docs/run/install.md';

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const formatTag = ({ tag, digest }: Image) => (digest ? `${tag}@${digest}` : tag);

/** Writes one image to a text, in each of the ways in which files contain it. */
function writeImage(text: string, image: Image): string {
  const repository = escape(image.repository);
  const tag = formatTag(image);
  return (
    text
      // After `image: `, `"image": "`, or `FROM `, also as the default of a variable: ${GRAFANA_VERSION:-<tag>}
      .replace(
        new RegExp(`((?:image:|"image":|FROM) (?:&\\S+ )?"?${repository}:)(?:(\\$\\{\\w+:-)[^}]+(\\})|[^\\s$"]+)`, 'g'),
        (_, before: string, open = '', close = '') => `${before}${open}${tag}${close}`
      )
      // Values of our chart, which joins repository and tag.
      .replace(new RegExp(`(repository: ${repository}\\n\\s+tag: )\\S+`, 'g'), (_, before: string) => `${before}${tag}`)
      // Values of other charts, which have their own key for the digest.
      .replace(
        new RegExp(`(# ${repository}\\n\\s+tag: )\\S+(?:(\\n\\s+(sha|digest): )\\S+)?`, 'g'),
        (_, before: string, beforeDigest: string | undefined, key: string) =>
          `${before}${image.tag}${beforeDigest ? `${beforeDigest}${formatDigest(image, key)}` : ''}`
      )
  );
}

function formatDigest({ repository, digest }: Image, key: string): string {
  if (!digest) {
    throw new Error(`The digest of ${repository} is not known. Remove the line "${key}:" from the values.`);
  }
  return key === 'sha' ? digest.replace(/^sha256:/, '') : digest;
}

/** Entries of the matrix of the e2e tests, with the name of their image as a comment. */
const MATRIX_ENTRY = /- \{ grafana: \S+, digest: \S+ \} # (\S+)/g;

/** Places of the version of Sedna Ops: charts, and examples of its image and its package. */
const OWN_VERSION =
  /(^(?:version|appVersion): |- name: sedna-ops\n {4}version: |\/sedna-ops-exporter:|kubeedge-sedna-app[@-]|Sedna Ops )\d+\.\d+\.\d+/gm;

export interface Versions {
  images: Readonly<Record<string, Image>>;
  go: string;
  own: string;
}

/** Returns a text with the given versions in place of the ones that it contains. */
export function writeVersions(text: string, { images, go, own }: Versions): string {
  const seen = new Set<string>();
  let written = text;
  for (const image of Object.values(images)) {
    // Only the first image of a repository has other places than the matrix.
    if (!seen.has(image.repository)) {
      seen.add(image.repository);
      written = writeImage(written, image);
    }
  }
  return written
    .replace(MATRIX_ENTRY, (_, name: string) => {
      const { tag, digest } = images[name];
      return `- { grafana: ${tag}, digest: '${digest}' } # ${name}`;
    })
    .replace(/(features\/go:1": \{ "version": ")[^"]+/, (_, before: string) => before + go)
    .replace(OWN_VERSION, (_, before: string) => before + own);
}

/** Rows of the table of versions in the documentation. */
function formatTable(): string {
  const engines = getEngineVersions();
  const rows: Array<[string, string, string]> = [
    [
      'Grafana',
      `${getImage('grafana-oldest').version} to ${getImage('grafana-newest').version}`,
      `Docker Compose and the chart run ${getImage('grafana').version}.`,
    ],
    ['Prometheus', engines.prometheus, 'Rules and alerts also pass their tests with Prometheus 2.42.'],
    ['Loki', engines.loki, ''],
    ['kube-state-metrics', engines['kube-state-metrics'], ''],
    ['OpenTelemetry Collector', engines.collector, 'Only the contrib distribution has all components.'],
    ['Kubernetes API server', engines.k3s, 'Versions 1.30 to 1.37 are expected to work.'],
    ['Helm', getHelmVersions().join(' and '), ''],
    ['Node', getImage('node').version, 'Part of the image of the exporter.'],
  ];
  return rows.reduce(
    (table, row) => `${table}| ${row.join(' | ')} |\n`,
    '| component | tested version | notes |\n| --- | --- | --- |\n'
  );
}

/** Files with the current versions. */
export function createFiles(): GeneratedFile[] {
  const versions = { images: IMAGES, go: getGoVersion().split('.').slice(0, 2).join('.'), own: getOwnVersion() };
  return FILES_WITH_VERSIONS.map((name) => {
    const file = path.join(PROJECT_ROOT, name);
    const text = name === TABLE_FILE ? replaceMarkedPart(file, formatTable()).content : readFileSync(file, 'utf8');
    return { path: file, content: writeVersions(text, versions) };
  });
}
