import { findClusterAccess, type ClusterAccess } from './cluster/access';
import { CUSTOM_METRIC_NAMES, type CustomMetricNames } from './knowledgeBase/customNames';

/** What the environment tells the exporter. */
export interface ExporterConfig {
  host: string;
  /** 0 lets the kernel choose. */
  port: number;
  /** Path of the knowledge base's SQLite file; absent means that there is no such source. */
  knowledgeBase?: string;
  /** How custom metrics of the knowledge base are named; `prefixed` unless told. */
  customMetricNames?: CustomMetricNames;
  /** How the cluster's objects are read; absent means that there is no such source. */
  cluster?: ClusterAccess;
}

const DEFAULT_ADDRESS = '127.0.0.1:9808';

/**
 * Reads SEDNA_EXPORTER_ADDRESS (host:port, default 127.0.0.1:9808; an IPv6 host in brackets), SEDNA_KNOWLEDGE_BASE,
 * SEDNA_CUSTOM_METRIC_NAMES (prefixed, the default, or upstream), and KUBECONFIG, without which the service account of
 * the pod is taken where there is one.
 * @throws for a value that cannot be, naming the variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ExporterConfig {
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
    ...(env.SEDNA_CUSTOM_METRIC_NAMES && { customMetricNames: readCustomMetricNames(env.SEDNA_CUSTOM_METRIC_NAMES) }),
    cluster: findClusterAccess(env),
  };
}

function readCustomMetricNames(text: string): CustomMetricNames {
  const names = CUSTOM_METRIC_NAMES.find((each) => each === text);
  if (!names) {
    throw new Error(`SEDNA_CUSTOM_METRIC_NAMES must be ${CUSTOM_METRIC_NAMES.join(' or ')}, not "${text}"`);
  }
  return names;
}
