import path from 'node:path';
import { getFamilyPrefix } from '../../src/sedna/catalog/resourceMetrics';
import {
  findKind,
  KINDS,
  SEDNA_GROUP,
  SEDNA_VERSION,
  KIND_NAMES,
  getWorkerLabelPrefix,
  type KindName,
} from '../../src/sedna/kinds';
import { toYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { KIND_FAMILIES, type KindFamilies } from './families';

/** Built-in resources that kube-state-metrics reads, with their API group. */
const RESOURCES = {
  leases: 'coordination.k8s.io',
  namespaces: '',
  nodes: '',
  pods: '',
  services: '',
} as const;

/**
 * Node role labels set by KubeEdge and Kubernetes. kube_node_role has the roles too, but selectors may need the labels.
 */
const NODE_LABELS = ['node-role.kubernetes.io/edge', 'node-role.kubernetes.io/agent', 'node-role.kubernetes.io/cloud'];

const GENERATOR = 'collection/kube-state-metrics/generate.ts';
const file = (name: string) => path.join(__dirname, name);

/** Log level for errors about missing fields, such as a job without a status: higher than anyone sets. */
const MISSING_FIELD_LOG_LEVEL = 10;

function toResourceConfig({ kind, families }: KindFamilies) {
  return {
    groupVersionKind: { group: SEDNA_GROUP, version: SEDNA_VERSION, kind },
    metricNamePrefix: getFamilyPrefix(kind),
    commonLabels: { kind },
    labelsFromPath: { namespace: ['metadata', 'namespace'], name: ['metadata', 'name'] },
    errorLogV: MISSING_FIELD_LOG_LEVEL,
    metrics: families,
  };
}

const createReadRule = (group: string, resources: readonly string[]) => ({
  apiGroups: [group],
  resources,
  verbs: ['list', 'watch'],
});

const getPlural = (kind: KindName) => findKind(kind)!.plural;

function createClusterRole(name: string, rules: readonly object[]) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'app.kubernetes.io/part-of': 'sedna-ops' } },
    rules,
  };
}

function createBuiltInRules() {
  const groups = [...new Set(Object.values(RESOURCES))].sort();
  return groups.map((group) =>
    createReadRule(
      group,
      Object.entries(RESOURCES)
        .filter(([, of]) => of === group)
        .map(([name]) => name)
    )
  );
}

/** Worker pod labels exported in `kube_pod_labels`: the job that the pod belongs to, and the worker type. */
const podLabels = KINDS.filter((kind) => kind.hasWorkers).flatMap(({ kind }) => [
  `${getWorkerLabelPrefix(kind)}name`,
  `${getWorkerLabelPrefix(kind)}worker-type`,
]);

/** Permissions for Sedna's objects. kube-state-metrics reads the CRDs to find out which kinds are installed. */
const customResourceRules = [
  createReadRule('apiextensions.k8s.io', ['customresourcedefinitions']),
  createReadRule(
    SEDNA_GROUP,
    KIND_FAMILIES.map(({ kind }) => getPlural(kind))
  ),
];

/** Names of the ClusterRoles of kube-state-metrics and the exporter. */
export const KUBE_STATE_METRICS_ROLE = 'sedna-ops-kube-state-metrics';
export const CUSTOM_RESOURCES_ONLY_ROLE = 'sedna-ops-kube-state-metrics-custom-resources-only';
export const EXPORTER_ROLE = 'sedna-ops-exporter';

/**
 * Committed configuration of kube-state-metrics: custom resources, options (the same for native runs, Compose, and
 * clusters; addresses and paths are flags), and permissions. The second set of options and permissions is for an
 * instance that runs beside an existing kube-state-metrics and exports only custom resources.
 */
export const FILES: readonly GeneratedFile[] = [
  toYamlFile(file('custom-resource-state.yaml'), GENERATOR, {
    kind: 'CustomResourceStateMetrics',
    spec: { resources: KIND_FAMILIES.map(toResourceConfig) },
  }),
  toYamlFile(file('config.yaml'), GENERATOR, {
    resources: Object.fromEntries(Object.keys(RESOURCES).map((name) => [name, {}])),
    labels_allow_list: { pods: podLabels, nodes: NODE_LABELS },
  }),
  toYamlFile(
    file('rbac.yaml'),
    GENERATOR,
    createClusterRole(KUBE_STATE_METRICS_ROLE, [...createBuiltInRules(), ...customResourceRules]),
    createClusterRole(EXPORTER_ROLE, [
      // For the journal, as are the kinds without metrics of the exporter.
      createReadRule('', ['events', 'nodes', 'pods']),
      createReadRule(SEDNA_GROUP, KIND_NAMES.map(getPlural)),
    ])
  ),
  toYamlFile(file('config-custom-resources-only.yaml'), GENERATOR, { custom_resources_only: true }),
  toYamlFile(
    file('rbac-custom-resources-only.yaml'),
    GENERATOR,
    createClusterRole(CUSTOM_RESOURCES_ONLY_ROLE, customResourceRules)
  ),
];
