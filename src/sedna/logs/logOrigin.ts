/** Origin of a log line. */
export interface LogOrigin {
  namespace?: string;
  pod?: string;
  container?: string;
  node?: string;
}

/** Names in stream labels or structured metadata, most common first. */
const NAMES: Record<keyof LogOrigin, readonly string[]> = {
  namespace: ['namespace', 'k8s_namespace_name'],
  pod: ['pod', 'k8s_pod_name'],
  container: ['container', 'k8s_container_name'],
  node: ['node', 'node_name', 'k8s_node_name'],
};

/** Parses the origin from the labels of a line. Parts without a label are undefined. */
export function parseLogOrigin(labels: Readonly<Record<string, string>>): LogOrigin {
  const valueOf = (part: keyof LogOrigin) => NAMES[part].map((name) => labels[name]).find(Boolean);
  return {
    namespace: valueOf('namespace'),
    pod: valueOf('pod'),
    container: valueOf('container'),
    node: valueOf('node'),
  };
}
