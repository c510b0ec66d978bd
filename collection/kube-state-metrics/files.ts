import path from 'node:path';
import { getFamilyPrefix } from '../../src/sedna/catalog/resourceMetrics';
import {
  findKind,
  KINDS,
  SEDNA_GROUP,
  SEDNA_VERSION,
  WATCHED_KINDS,
  getWorkerLabelPrefix,
  type KindName,
} from '../../src/sedna/kinds';
import { buildYamlFile, type GeneratedFile } from '../../tools/generators/generatedFiles';
import { KIND_FAMILIES, type KindFamilies } from './families';

/** Built-in resources that kube-state-metrics reads, with the API group they belong to. */
const RESOURCES = {
  leases: 'coordination.k8s.io',
  namespaces: '',
  nodes: '',
  pods: '',
  services: '',
} as const;

/** Node roles that KubeEdge and Kubernetes set; kube_node_role knows them, a selector may want the label. */
const NODE_LABELS = ['node-role.kubernetes.io/edge', 'node-role.kubernetes.io/agent', 'node-role.kubernetes.io/cloud'];

const GENERATOR = 'collection/kube-state-metrics/generate.ts';
const file = (name: string) => path.join(__dirname, name);

/** Errors about a field that is not there yet (a job without status) belong to a verbosity nobody runs with. */
const MISSING_FIELD_LOG_LEVEL = 10;

function resource({ kind, families }: KindFamilies) {
  return {
    groupVersionKind: { group: SEDNA_GROUP, version: SEDNA_VERSION, kind },
    metricNamePrefix: getFamilyPrefix(kind),
    commonLabels: { kind },
    labelsFromPath: { namespace: ['metadata', 'namespace'], name: ['metadata', 'name'] },
    errorLogV: MISSING_FIELD_LOG_LEVEL,
    metrics: families,
  };
}

const readRule = (group: string, resources: readonly string[]) => ({
  apiGroups: [group],
  resources,
  verbs: ['list', 'watch'],
});

const plural = (kind: KindName) => findKind(kind)!.plural;

function clusterRole(name: string, rules: readonly object[]) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'app.kubernetes.io/part-of': 'sedna-ops' } },
    rules,
  };
}

function builtInRules() {
  const groups = [...new Set(Object.values(RESOURCES))].sort();
  return groups.map((group) =>
    readRule(
      group,
      Object.entries(RESOURCES)
        .filter(([, of]) => of === group)
        .map(([name]) => name)
    )
  );
}

/** Labels of worker pods that become labels of `kube_pod_labels`: what the pod works for, and as what. */
const podLabels = KINDS.filter((kind) => kind.hasWorkers).flatMap(({ kind }) => [
  `${getWorkerLabelPrefix(kind)}name`,
  `${getWorkerLabelPrefix(kind)}worker-type`,
]);

/** What reading Sedna's objects needs; the definitions tell kube-state-metrics which kinds are there. */
const customResourceRules = [
  readRule('apiextensions.k8s.io', ['customresourcedefinitions']),
  readRule(
    SEDNA_GROUP,
    KIND_FAMILIES.map(({ kind }) => plural(kind))
  ),
];

/** ClusterRoles: what kube-state-metrics and the exporter may read, and nothing else. */
export const KUBE_STATE_METRICS_ROLE = 'sedna-ops-kube-state-metrics';
export const CUSTOM_RESOURCES_ONLY_ROLE = 'sedna-ops-kube-state-metrics-custom-resources-only';
export const EXPORTER_ROLE = 'sedna-ops-exporter';

/**
 * The committed configuration of kube-state-metrics: custom resources, options (the same for a native run, Compose
 * and a cluster; addresses and paths are flags) and the permissions that both need. A second pair of options and
 * permissions is for one that runs beside an existing kube-state-metrics and tells of custom resources only.
 */
export const FILES: readonly GeneratedFile[] = [
  buildYamlFile(file('custom-resource-state.yaml'), GENERATOR, {
    kind: 'CustomResourceStateMetrics',
    spec: { resources: KIND_FAMILIES.map(resource) },
  }),
  buildYamlFile(file('config.yaml'), GENERATOR, {
    resources: Object.fromEntries(Object.keys(RESOURCES).map((name) => [name, {}])),
    labels_allow_list: { pods: podLabels, nodes: NODE_LABELS },
  }),
  buildYamlFile(
    file('rbac.yaml'),
    GENERATOR,
    clusterRole(KUBE_STATE_METRICS_ROLE, [...builtInRules(), ...customResourceRules]),
    clusterRole(EXPORTER_ROLE, [readRule(SEDNA_GROUP, WATCHED_KINDS.map(plural))])
  ),
  buildYamlFile(file('config-custom-resources-only.yaml'), GENERATOR, { custom_resources_only: true }),
  buildYamlFile(
    file('rbac-custom-resources-only.yaml'),
    GENERATOR,
    clusterRole(CUSTOM_RESOURCES_ONLY_ROLE, customResourceRules)
  ),
];
