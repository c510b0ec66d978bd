import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';
import { nodeLocation, POD, rule, type RuleGroup } from './promql';

const pods = `kube_pod_info{namespace="${SEDNA_NAMESPACE}", created_by_kind="ReplicaSet", created_by_name=~"kb-[a-z0-9]+"}`;

/** Running pod of the Deployment kb, or else a pending one. Finished pods, such as evicted ones, are ignored. */
const pod = `topk by (cluster) (1,
    group by (${POD}, node) (${pods})
    * on (${POD}) group_left ()
    (
      2 * max by (${POD}) (kube_pod_status_phase{namespace="${SEDNA_NAMESPACE}", phase="Running"})
      + max by (${POD}) (kube_pod_status_phase{namespace="${SEDNA_NAMESPACE}", phase="Pending"})
      > 0
    )
  )`;

const service = `topk by (cluster) (1, group by (cluster, ip) (
    label_replace(
      kube_service_info{namespace="${SEDNA_NAMESPACE}", service="kb", cluster_ip!~"|None"},
      "ip", "$1", "cluster_ip", "(.+)"
    )
  ))`;

/** Also covers a service without a pod and a pod without a service. */
const info = `
group by (cluster, ip, pod, node, node_type) (
  ${pod}
  * on (cluster, node) group_left (node_type)
  ${nodeLocation('node_type', pods)}
  * on (cluster) group_left (ip)
  (
    ${service}
    or on (cluster)
    group by (cluster) (${pods})
  )
  or on (cluster)
  ${service}
)`;

/** Table 7 of the proposal: location of the knowledge base. */
export const KNOWLEDGE_BASE: RuleGroup = {
  name: 'sedna-knowledge-base',
  rules: [rule('sedna:knowledge_base_info', info)],
};
