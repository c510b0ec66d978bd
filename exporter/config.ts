import { findClusterCredentials, type ClusterCredentials } from './cluster/credentials';
import { CUSTOM_METRIC_NAMINGS, type CustomMetricNaming } from './knowledge-base/custom-metrics/naming';

/** Settings from environment variables. */
export interface ExporterConfig {
  host: string;
  /** 0 selects a free port. */
  port: number;
  /** Path of the SQLite file. Undefined disables the knowledge base. */
  knowledgeBase?: string;
  /** Naming of custom metrics, `prefixed` by default. */
  customMetricNaming?: CustomMetricNaming;
  /** Credentials for the cluster. Undefined disables reading objects. */
  cluster?: ClusterCredentials;
  /** Undefined disables the journal. */
  journal?: JournalConfig;
}

export interface JournalConfig {
  /** File that keeps how far the journal got. Undefined starts anew with each start. */
  progressFile?: string;
  /** File that gets the lines instead of standard output, in the format of container logs. */
  file?: string;
  /** Age in seconds up to which a line gets the time of the thing itself. */
  maxLineAgeSeconds: number;
  bytesPerSecond: number;
  /** Name of the cluster in every entry. */
  cluster?: string;
}

/** Half an hour: Loki's default takes lines of a stream up to an hour behind its newest one (`max_chunk_age` 2h). */
const DEFAULT_MAX_LINE_AGE_SECONDS = 1_800;
/** Far below Loki's default of 3 MB/s per stream, and low enough for the rotation of container logs. */
const DEFAULT_BYTES_PER_SECOND = 500_000;

const DEFAULT_ADDRESS = '127.0.0.1:9808';

/**
 * Parses SEDNA_EXPORTER_ADDRESS (host:port, 127.0.0.1:9808 by default; IPv6 hosts in brackets), SEDNA_KNOWLEDGE_BASE,
 * SEDNA_CUSTOM_METRIC_NAMES (`prefixed` by default, or `upstream`), KUBECONFIG, which defaults to the service account of
 * the pod, and SEDNA_JOURNAL (`on` by default, or `off`) with SEDNA_JOURNAL_PROGRESS and SEDNA_JOURNAL_FILE (none by
 * default), SEDNA_JOURNAL_MAX_LINE_AGE_SECONDS, and SEDNA_JOURNAL_BYTES_PER_SECOND.
 * @throws if a value isn't valid; the message names the variable
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ExporterConfig {
  const address = env.SEDNA_EXPORTER_ADDRESS || DEFAULT_ADDRESS;
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(address);
  const port = Number(match?.[3]);
  if (!match || port > 65535) {
    throw new Error(`SEDNA_EXPORTER_ADDRESS must be host:port, for example ${DEFAULT_ADDRESS}, not "${address}"`);
  }
  return {
    host: match[1] ?? (match[2] || '0.0.0.0'),
    port,
    knowledgeBase: env.SEDNA_KNOWLEDGE_BASE || undefined,
    ...(env.SEDNA_CUSTOM_METRIC_NAMES && { customMetricNaming: parseCustomMetricNames(env.SEDNA_CUSTOM_METRIC_NAMES) }),
    cluster: findClusterCredentials(env),
    journal: parseJournal(env),
  };
}

function parseJournal(env: Readonly<Record<string, string | undefined>>): JournalConfig | undefined {
  const { SEDNA_JOURNAL: enabled = 'on' } = env;
  if (enabled !== 'on' && enabled !== 'off') {
    throw new Error(`SEDNA_JOURNAL must be on or off, not "${enabled}"`);
  }
  if (enabled === 'off') {
    return undefined;
  }
  const read = (name: string, fallback: number) => {
    const number = Number(env[name] || fallback);
    if (!Number.isFinite(number) || number <= 0) {
      throw new Error(`${name} must be a positive number, not "${env[name]}"`);
    }
    return number;
  };
  return {
    progressFile: env.SEDNA_JOURNAL_PROGRESS || undefined,
    file: env.SEDNA_JOURNAL_FILE || undefined,
    maxLineAgeSeconds: read('SEDNA_JOURNAL_MAX_LINE_AGE_SECONDS', DEFAULT_MAX_LINE_AGE_SECONDS),
    bytesPerSecond: read('SEDNA_JOURNAL_BYTES_PER_SECOND', DEFAULT_BYTES_PER_SECOND),
    ...(env.SEDNA_CLUSTER && { cluster: env.SEDNA_CLUSTER }),
  };
}

function parseCustomMetricNames(text: string): CustomMetricNaming {
  const naming = CUSTOM_METRIC_NAMINGS.find((each) => each === text);
  if (!naming) {
    throw new Error(`SEDNA_CUSTOM_METRIC_NAMES must be ${CUSTOM_METRIC_NAMINGS.join(' or ')}, not "${text}"`);
  }
  return naming;
}
