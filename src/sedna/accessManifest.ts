/** Permissions of the optional Kubernetes connection: one service account to read, and one to write. */
import { KINDS, SEDNA_GROUP, SEDNA_NAMESPACE } from './kinds';

/** Names of the service accounts, and of their ClusterRoles and token Secrets. */
export const READER_ACCOUNT = 'sedna-ops-grafana-reader';
export const WRITER_ACCOUNT = 'sedna-ops-grafana-writer';

interface Rule {
  group: string;
  resources: readonly string[];
  verbs: readonly string[];
}

const plurals = KINDS.map(({ plural }) => plural);

const RULES: ReadonlyArray<[string, readonly Rule[]]> = [
  [
    READER_ACCOUNT,
    [
      { group: SEDNA_GROUP, resources: plurals, verbs: ['get', 'list', 'watch'] },
      { group: '', resources: ['pods'], verbs: ['get', 'list'] },
    ],
  ],
  [WRITER_ACCOUNT, [{ group: SEDNA_GROUP, resources: plurals, verbs: ['create', 'patch', 'delete'] }]],
];

const list = (values: readonly string[], indent: string) => values.map((value) => `${indent}- ${value}\n`).join('');

const rule = ({ group, resources, verbs }: Rule) =>
  `  - apiGroups: ['${group}']\n    resources:\n${list(resources, '      ')}    verbs: [${verbs.join(', ')}]\n`;

const documents = (name: string, rules: readonly Rule[], namespace: string) => [
  `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${namespace}
`,
  `apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
    kubernetes.io/service-account.name: ${name}
`,
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
rules:
${rules.map(rule).join('')}`,
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: ${name}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
    namespace: ${namespace}
`,
];

/** Builds the YAML manifest with the minimal permissions for the connection. */
export const buildAccessManifest = (namespace: string = SEDNA_NAMESPACE): string =>
  RULES.flatMap(([name, rules]) => documents(name, rules, namespace)).join('---\n');

/** Builds the command that prints the token of an account. */
export const buildTokenCommand = (name: string, namespace: string = SEDNA_NAMESPACE): string =>
  `kubectl -n ${namespace} get secret ${name} -o jsonpath='{.data.token}' | base64 -d`;
