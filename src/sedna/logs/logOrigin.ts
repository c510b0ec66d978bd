/** Origin of a log line. */
export interface LogOrigin {
  namespace?: string;
  pod?: string;
  container?: string;
  node?: string;
}

/** A naming scheme of log collectors; each list has the most common name first. */
export type LogLabelScheme = Readonly<Record<keyof LogOrigin, readonly [string, ...string[]]>>;

/**
 * Names that log collectors use as stream labels or structured metadata: of Promtail, Alloy, and k8s-monitoring; of
 * OpenTelemetry; of Fluent Bit, Fluentd, and OpenShift; of Fluent Bit without the prefix; of Vector with and without it.
 */
export const LOG_LABEL_SCHEMES: readonly [LogLabelScheme, ...LogLabelScheme[]] = [
  { namespace: ['namespace'], pod: ['pod'], container: ['container'], node: ['node', 'node_name', 'nodename', 'host'] },
  {
    namespace: ['k8s_namespace_name'],
    pod: ['k8s_pod_name'],
    container: ['k8s_container_name'],
    node: ['k8s_node_name'],
  },
  {
    namespace: ['kubernetes_namespace_name', 'kubernetes_namespace'],
    pod: ['kubernetes_pod_name', 'kubernetes_pod'],
    container: ['kubernetes_container_name', 'kubernetes_container'],
    node: ['kubernetes_host', 'kubernetes_node_name'],
  },
  { namespace: ['namespace_name'], pod: ['pod_name'], container: ['container_name'], node: ['host', 'node_name'] },
  {
    namespace: ['kubernetes_pod_namespace'],
    pod: ['kubernetes_pod_name'],
    container: ['kubernetes_container_name'],
    node: ['kubernetes_pod_node_name'],
  },
  { namespace: ['pod_namespace'], pod: ['pod_name'], container: ['container_name'], node: ['pod_node_name'] },
];

/** Parses the origin from the labels of a line. Parts without a label are undefined. */
export function parseLogOrigin(labels: Readonly<Record<string, string>>): LogOrigin {
  const valueOf = (part: keyof LogOrigin) =>
    LOG_LABEL_SCHEMES.flatMap((scheme) => scheme[part])
      .map((name) => labels[name])
      .find(Boolean);
  return {
    namespace: valueOf('namespace'),
    pod: valueOf('pod'),
    container: valueOf('container'),
    node: valueOf('node'),
  };
}
