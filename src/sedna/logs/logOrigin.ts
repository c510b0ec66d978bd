/** Where a line comes from. */
export interface LogOrigin {
  namespace?: string;
  pod?: string;
  container?: string;
  node?: string;
}

/** What collectors call them, in the streams or in the structured metadata of a line; the usual name first. */
const NAMES: Record<keyof LogOrigin, readonly string[]> = {
  namespace: ['namespace', 'k8s_namespace_name'],
  pod: ['pod', 'k8s_pod_name'],
  container: ['container', 'k8s_container_name'],
  node: ['node', 'node_name', 'k8s_node_name'],
};

/** Reads the origin from the labels of a line; what no label tells is left out. */
export function parseLogOrigin(labels: Readonly<Record<string, string>>): LogOrigin {
  const valueOf = (part: keyof LogOrigin) => NAMES[part].map((name) => labels[name]).find(Boolean);
  return {
    namespace: valueOf('namespace'),
    pod: valueOf('pod'),
    container: valueOf('container'),
    node: valueOf('node'),
  };
}
