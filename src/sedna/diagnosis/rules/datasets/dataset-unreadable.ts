import { DATASET_NODE_CASE, isDatasetUnread, toUnreadResult } from '../../detection/datasets';
import { UNREADABLE_FORMATS } from '../../promql/datasets';
import { datasetsOn } from '../../promql/jobs';
import { INCOMPLETE } from '../../promql/completeness';
import { DATASET, NODE } from '../../promql/labels';
import { LEASES_KNOWN, unstableNodes } from '../../promql/nodes';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';
import { DATASET_UNREAD_AFTER_SECONDS } from '../../thresholds';

/** The local controller can't read the file of a dataset. */
export const rule: Rule = {
  id: 'dataset-unreadable',
  alert: 'SednaDatasetUnread',
  severity: 'error',
  verdict: 'stuck',
  kinds: ['Dataset'],
  requires: ['nodes'],
  requiresAny: ['dataset-read', 'logs'],
  requiresOnlineNodes: 'any-node',
  suppressedBy: ['dataset-format'],
  holdFor: 300,
  detect: (context) => (isDatasetUnread(context) ? toUnreadResult(context) : undefined),
  text: {
    name: 'Dataset unreadable',
    getCases: ({ isNodeMissing }) => (isNodeMissing ? ['node-missing'] : []),
    cases: {
      default: {
        title: "Dataset {{dataset}} can't be read",
        cause: "The local controller on the dataset's node can't read the file at its URL",
        advice:
          'Check that the file exists at the URL on that node. The local controller retries every minute, and jobs that use the dataset wait for it.',
      },
      'node-missing': DATASET_NODE_CASE,
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['missing-dataset'], nearMisses: ['parquet-dataset'] };

/** Datasets whose node doesn't exist. */
const datasetsWithoutNode = () => `max by (${DATASET}, kind) (
  sedna_dataset_info{node!=""}
  unless on (${NODE}) kube_node_info
  and on (cluster) group by (cluster) (kube_node_info)
  unless on (cluster) ${INCOMPLETE}
)`;

/** Datasets that the LC can't read, unless it can't deliver its reports or the format is the reason. */
export const unreadDatasets = () => `(max by (${DATASET}, kind) (sedna:dataset_read) == bool 0) == 1
and on (cluster) ${LEASES_KNOWN}
unless on (${DATASET}) (time() - max by (${DATASET}) (sedna_dataset_update_timestamp_seconds) <= ${DATASET_UNREAD_AFTER_SECONDS})
unless on (${DATASET}) (${datasetsOn(unstableNodes())})
unless on (${DATASET}) ${UNREADABLE_FORMATS}
or
${datasetsWithoutNode()}`;

export const promql = (): PromqlCondition => ({ labels: ['namespace', 'kind', 'name'], expr: unreadDatasets() });

export const alert: RuleAlert = {
  group: 'stuck',
  summary: 'Dataset {namespace}/{name} cannot be read by the local controller.',
  description:
    'Its file cannot be read, or it names a node that does not exist. Jobs that use it stay in Train/Waiting until then.',
  link: { tab: 'diagnosis' },
  requires: ['kube-state-metrics', 'logs'],
};

export const runbook = `## Meaning

The local controller on the node of a dataset tries to read the dataset and fails. The alert fires after 5 minutes of
failures. It doesn't fire while the node is offline or just back online.

It also fires if \`nodeName\` of the Dataset names no node of the cluster. Then no local controller reads the dataset.

## Impact

Jobs that use the dataset stay in Train/Waiting. The local controller retries every 60 s.

## Diagnosis

1. Open the dataset, then the **Diagnosis** tab. The evidence shows the lines of the local controller. The **Relations**
   tab lists the jobs that use the dataset.
2. Read the node, format, and URL of the dataset:

   \`\`\`sh
   kubectl -n <namespace> get dataset <dataset> -o jsonpath='{.spec.nodeName} {.spec.format} {.spec.url}{"\\n"}'
   \`\`\`

   Expected output, for example:

   \`\`\`text
   edge-node csv /data/trainData.csv
   \`\`\`

3. Search the logs of the local controller:

   \`\`\`logql
   {namespace="sedna", container="lc"} |= "dataset(name=<namespace>/dataset/<dataset>)"
   \`\`\`

   A healthy dataset has this line:

   \`\`\`text
   dataset(name=default/dataset/lifelong-dataset) get samples from data source(url=/rootfs/data/trainData.csv) successfully. number of samples: 3200
   \`\`\`

   An unread dataset has a line like this, which ends with the cause:

   \`\`\`text
   dataset(name=default/dataset/lifelong-dataset) get samples from /rootfs/data/trainData.csv failed, error: url(/rootfs/data/trainData.csv) does not exists
   \`\`\`

   \`not exists dataset\` means that the local controller has the job, but not the dataset.

The status of the dataset doesn't record read errors. It keeps its last number of samples.

## Mitigation

1. For a path on the node, create or move the file there. The local controller finds it below \`/rootfs\`:

   \`\`\`sh
   ls -l /data/trainData.csv
   \`\`\`

   Run this on the node of the dataset, with the path from \`spec.url\`. The expected output is one line with a size above 0.

2. For \`s3://\`, \`http://\`, and \`https://\`, check that the secret in \`spec.credentialName\` exists. Check that the node can
   reach the URL:

   \`\`\`sh
   kubectl -n <namespace> get secret <secret>
   \`\`\`

   The expected output is one line with the name of the secret, not \`NotFound\`.

3. For \`not exists dataset\`, check that \`spec.nodeName\` is the right node. The global manager resends the dataset within a
   minute. Its line \`write key dataset/<namespace>/<dataset> to node\` confirms that.
4. If the dataset doesn't exist at all, refer to [SednaDatasetMissing](SednaDatasetMissing.md).

Jobs continue by themselves after the dataset is read.
`;
