import { findClusterAccess, type ClusterAccess } from './cluster/access';
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
  cluster?: ClusterAccess;
}

const DEFAULT_ADDRESS = '127.0.0.1:9808';

/**
 * Parses SEDNA_EXPORTER_ADDRESS (host:port, 127.0.0.1:9808 by default; IPv6 hosts in brackets), SEDNA_KNOWLEDGE_BASE,
 * SEDNA_CUSTOM_METRIC_NAMES (`prefixed` by default, or `upstream`), and KUBECONFIG, which defaults to the service
 * account of the pod.
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
    cluster: findClusterAccess(env),
  };
}

function parseCustomMetricNames(text: string): CustomMetricNaming {
  const naming = CUSTOM_METRIC_NAMINGS.find((each) => each === text);
  if (!naming) {
    throw new Error(`SEDNA_CUSTOM_METRIC_NAMES must be ${CUSTOM_METRIC_NAMINGS.join(' or ')}, not "${text}"`);
  }
  return naming;
}
