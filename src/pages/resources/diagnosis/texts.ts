/** What is said about a finding: plain words, the likely cause, what to do next. */
import type { Finding, RuleId } from '../../../sedna/diagnosis';
import { t } from '../../../platform/i18n';

export interface FindingText {
  title: string;
  cause: string;
  advice: string;
}

const STORAGE_INITIALIZER = 'storage-initializer';

/** What the texts name, as text and not as HTML. */
type Values = Finding['about'] & { interpolation: { escapeValue: false } };

/** Why a pod does not start: no node takes it, its init container fails, nobody says why, or what Kubernetes says. */
function pendingText(values: Values): FindingText {
  if (values.isUnschedulable) {
    return {
      title: t('diagnosis.pod-pending.title-unschedulable', 'No node takes the pod {{pod}}', values),
      cause: t(
        'diagnosis.pod-pending.cause-unschedulable',
        'The scheduler of Kubernetes finds no node that fits what the template of the job asks for.'
      ),
      advice: t(
        'diagnosis.pod-pending.advice-unschedulable',
        'The events of the pod say what each node lacks: resources, labels, or a toleration of its taints. Correct the template, or name the node there (nodeName), as the samples of Sedna do.'
      ),
    };
  }
  if (!values.reason) {
    return {
      title: t('diagnosis.pod-pending.title-silent', 'The pod {{pod}} does not start, and nobody says why', values),
      cause: t(
        'diagnosis.pod-pending.cause-silent',
        'On the node {{node}} it is still being prepared: an image is pulled, a volume is mounted, or the storage initializer fetches data. Large ones take long; else it hangs.',
        values
      ),
      advice: t(
        'diagnosis.pod-pending.advice-silent',
        'Look at the events of the pod and, for data in remote storage, at the log of its container storage-initializer.'
      ),
    };
  }
  const title = t('diagnosis.pod-pending.title', 'The pod {{pod}} does not start: {{reason}}', values);
  return values.container === STORAGE_INITIALIZER
    ? {
        title,
        cause: t(
          'diagnosis.pod-pending.cause-initializer',
          'Its init container storage-initializer, which fetches data and models from remote storage before the worker may start, cannot do so.'
        ),
        advice: t(
          'diagnosis.pod-pending.advice-initializer',
          'Read the log of the container storage-initializer: most often a URL, the secret that credentialName names, or the way from the node {{node}} to the storage is wrong.',
          values
        ),
      }
    : {
        title,
        cause: t(
          'diagnosis.pod-pending.cause',
          'Kubernetes cannot start a container of the pod on the node {{node}}: the image, its registry, a volume or the storage initializer.',
          values
        ),
        advice: t(
          'diagnosis.pod-pending.advice',
          'Check the name of the image in the template of the job and that the node can pull it; for data in remote storage the log of the container storage-initializer.'
        ),
      };
}

const TEXTS: Readonly<Record<RuleId, (values: Values) => FindingText>> = {
  'node-offline': (values) => ({
    title: t('diagnosis.node-offline.title', 'Offline: {{nodes}}', values),
    cause: t(
      'diagnosis.node-offline.cause',
      'The lease of the node was not renewed for more than a minute. Edge nodes lose their connection; what runs there may go on.'
    ),
    advice: t(
      'diagnosis.node-offline.advice',
      'What this node reports is as old as its lease: rules that go by it do not judge. Check the network and the edge core of the node. Its log lines arrive when it is back.'
    ),
  }),
  'data-stale': (values) => ({
    title: values.isUncollected
      ? t('diagnosis.data-stale.title-uncollected', 'No object of Sedna is collected now')
      : t('diagnosis.data-stale.title', 'What is shown is old'),
    cause: values.isUncollected
      ? t(
          'diagnosis.data-stale.cause-uncollected',
          'Prometheus has no sample of any custom resource of Sedna: kube-state-metrics is down, not scraped, or does not read them. Whether this object is there, and how it is, cannot be told.'
        )
      : values.isLate
        ? t('diagnosis.data-stale.cause-samples', 'Prometheus has no new sample of this object.')
        : t('diagnosis.data-stale.cause-sources', 'The exporter cannot read: {{sources}}.', values),
    advice: t(
      'diagnosis.data-stale.advice',
      'Look at the targets of Prometheus (kube-state-metrics, exporter) and at the log of the exporter before you trust anything else here.'
    ),
  }),
  'knowledge-base-unreachable': (values) => ({
    title: t('diagnosis.knowledge-base-unreachable.title', 'The knowledge base cannot be reached'),
    cause: values.refused
      ? t('diagnosis.knowledge-base-unreachable.cause-refused', 'A worker was refused by the knowledge base.')
      : t(
          'diagnosis.knowledge-base-unreachable.cause-down',
          'No pod of it runs, or the exporter cannot read its database.'
        ),
    advice: values.isWithoutPod
      ? t(
          'diagnosis.knowledge-base-unreachable.advice-without-pod',
          'There is no pod of it in the namespace sedna: see whether the deployment kb is there, how many replicas it asks for, and its events.'
        )
      : t(
          'diagnosis.knowledge-base-unreachable.advice',
          'Check the pod kb in the namespace sedna: it needs a cloud node. Beware: its model files lie in the container unless a path is set, so a restart loses them while its tables stay.'
        ),
  }),
  'dataset-missing': (values) => ({
    title: t('diagnosis.dataset-missing.title', 'The dataset {{dataset}} does not exist', values),
    cause: t(
      'diagnosis.dataset-missing.cause',
      'There is no Dataset of this name in the namespace of the job. So the global manager knows no node to hand the job to: it logs an error and goes on.'
    ),
    advice: t(
      'diagnosis.dataset-missing.advice',
      'Create the Dataset in the namespace of the job, or correct its name in the job. The job is handed over within a minute.'
    ),
  }),
  'dataset-unread': (values) => ({
    title: t('diagnosis.dataset-unread.title', 'The dataset {{dataset}} is not read', values),
    cause: values.cause
      ? t('diagnosis.dataset-unread.cause-told', 'The local controller says: {{cause}}', values)
      : t(
          'diagnosis.dataset-unread.cause',
          'The local controller on the node of the dataset does not find the file that it names, or has not got the Dataset.'
        ),
    advice: t(
      'diagnosis.dataset-unread.advice',
      'Check that the node of the Dataset is right and that the file is at its URL on that node. The job goes on by itself once the dataset is read.'
    ),
  }),
  'dataset-unreadable': (values) => ({
    title: t('diagnosis.dataset-unreadable.title', 'The dataset {{dataset}} cannot be read', values),
    cause: t(
      'diagnosis.dataset-unreadable.cause',
      'The local controller on its node cannot read the file that its URL names.'
    ),
    advice: t(
      'diagnosis.dataset-unreadable.advice',
      'Check that the file is at the URL on the node of the dataset. It is looked for every minute; jobs that use it wait for it.'
    ),
  }),
  'dataset-format': (values) => ({
    title: values.isNeeded
      ? t('diagnosis.dataset-format.title', 'The format {{format}} of the dataset {{dataset}} cannot be read', values)
      : t(
          'diagnosis.dataset-format.title-own',
          'Lifelong and incremental learning jobs cannot use the format {{format}}',
          values
        ),
    cause: values.isNeeded
      ? t('diagnosis.dataset-format.cause', 'The local controller reads datasets of the formats csv and txt only.')
      : t(
          'diagnosis.dataset-format.cause-own',
          'The local controller reads datasets of the formats csv and txt only, so it counts no samples of this one. Only lifelong and incremental learning jobs need that: workers of other jobs read their data themselves.'
        ),
    advice: values.isNeeded
      ? t(
          'diagnosis.dataset-format.advice',
          'Give the data as csv or txt, and name the format in the Dataset accordingly.'
        )
      : t(
          'diagnosis.dataset-format.advice-own',
          'If such a job uses it, give the data as csv or txt, and name the format in the Dataset accordingly. Otherwise nothing is wrong.'
        ),
  }),
  'trigger-never': (values) => ({
    title: t('diagnosis.trigger-never.title', 'Training can never be triggered'),
    cause: t(
      'diagnosis.trigger-never.cause',
      'The {{field}} "{{value}}" of the trigger is none that Sedna knows.',
      values
    ),
    advice: t(
      'diagnosis.trigger-never.advice',
      'Operators are >, >=, =, !=, <= and <, the metric is num_of_samples. Correct the condition of the trigger in the spec.'
    ),
  }),
  'local-controller-disconnected': (values) => ({
    title: t(
      'diagnosis.local-controller-disconnected.title',
      'The local controller of {{node}} is not connected',
      values
    ),
    cause: t(
      'diagnosis.local-controller-disconnected.cause',
      'The node is online, but the global manager has lost the connection to its local controller: samples, triggers and reports of the job do not get through.'
    ),
    advice: t(
      'diagnosis.local-controller-disconnected.advice',
      'Look at the log of the pod lc on that node. "no such host" means that the name gm.sedna cannot be resolved there; "address already in use" that something else has its port 9100, for example node_exporter.'
    ),
  }),
  'pod-refused': (values) => ({
    title: t('diagnosis.pod-refused.title', 'The pod of {{stage}} cannot be created', values),
    cause: values.cause
      ? t('diagnosis.pod-refused.cause-told', 'The global manager says: {{cause}}', values)
      : t('diagnosis.pod-refused.cause', 'The global manager fails to create the pod and says so only in its log.'),
    advice: t(
      'diagnosis.pod-refused.advice',
      'Most often a secret or a dataset that the job names does not exist in its namespace. Create it: the global manager tries again by itself.'
    ),
  }),
  'pod-pending': pendingText,
  'crash-loop': (values) => ({
    title: t('diagnosis.crash-loop.title', 'The pod {{pod}} crashes again and again', values),
    cause: values.exception
      ? t('diagnosis.crash-loop.cause-told', 'The worker ends with: {{exception}}', values)
      : t('diagnosis.crash-loop.cause', 'The worker ends with an error; {{restarts}} restarts within an hour.', values),
    advice: t(
      'diagnosis.crash-loop.advice',
      'The pod stays Running for Kubernetes and for Sedna, so the stage never ends. Read the traceback in its log; correct image or settings, then delete the job and create it again.'
    ),
  }),
  'pod-gone': (values) => ({
    title: t('diagnosis.pod-gone.title', '{{stage}} is Running, but its pod is gone', values),
    cause: t(
      'diagnosis.pod-gone.cause',
      'The pod was deleted, by hand or with its node, and none of an earlier round is left. The global manager waits for a pod that will never end.'
    ),
    advice: t(
      'diagnosis.pod-gone.advice',
      'The job does not recover from this: delete it and create it again. It starts from the first round.'
    ),
  }),
  'global-manager-unresponsive': (values) => ({
    title: t(
      'diagnosis.global-manager-unresponsive.title',
      '{{stage}} stays {{condition}}: the global manager does not react',
      values
    ),
    cause: values.pod
      ? t(
          'diagnosis.global-manager-unresponsive.cause-ended',
          'The pod {{pod}} has ended, and the global manager, which goes on as soon as it sees that, has not gone on.',
          values
        )
      : t(
          'diagnosis.global-manager-unresponsive.cause',
          'Nothing but the global manager is needed to go on from here, and it does so at once when it runs.'
        ),
    advice:
      values.podPhase && values.podPhase !== 'Running'
        ? t(
            'diagnosis.global-manager-unresponsive.advice-down',
            'Its pod gm in the namespace sedna is {{podPhase}}: it needs a cloud node. Do not delete the job: it goes on by itself once the global manager is back.',
            values
          )
        : t(
            'diagnosis.global-manager-unresponsive.advice',
            'Check the pod gm in the namespace sedna: whether it is there, restarts, and reaches the API server, as its log tells. Do not delete the job: it goes on by itself once the global manager is back.'
          ),
  }),
  'report-lost': (values) => ({
    title: t('diagnosis.report-lost.title', 'The report of {{stage}} was lost, so {{next}} waits for ever', values),
    cause: t(
      'diagnosis.report-lost.cause',
      'The worker could not reach its local controller, gave up after five tries and ended with exit code 0 all the same. The stage counts as completed, but without a model, and no earlier round has one that could be evaluated instead.'
    ),
    advice: t(
      'diagnosis.report-lost.advice',
      'Check that the local controller on the node of the worker runs and listens on its port (9100 unless changed). The job does not recover from this: delete it and create it again.'
    ),
  }),
  'older-model-used': (values) => ({
    title: t(
      'diagnosis.older-model-used.title',
      'The report of {{stages}} was lost, so an older model is used',
      values
    ),
    cause: t(
      'diagnosis.older-model-used.cause',
      'The worker could not reach its local controller and ended with exit code 0 all the same. The stage counts as completed, but brings no model: what follows takes that of an earlier round, or deploys none where there is none.'
    ),
    advice: t(
      'diagnosis.older-model-used.advice',
      'The next round whose reports arrive mends it. Until then check that the local controller on the node of the worker runs and listens on its port (9100 unless changed), or the next report is lost, too.'
    ),
  }),
  'failing-loop': (values) => ({
    title: t('diagnosis.failing-loop.title', 'Fails again and again: {{failed}} times within {{hours}} h', values),
    cause: values.exception
      ? t('diagnosis.failing-loop.cause-told', 'The worker ends with: {{exception}}', values)
      : t('diagnosis.failing-loop.cause', 'The pod of a stage fails; the reason is only in its log.'),
    advice: t(
      'diagnosis.failing-loop.advice',
      'After a failure Sedna begins a new round with the next trigger, for ever and without a pause. Read the log of the failed pods; they stay until the job is deleted.'
    ),
  }),
  'stage-failed': (values) => ({
    title: t('diagnosis.stage-failed.title', 'A stage failed'),
    cause: values.exception
      ? t('diagnosis.stage-failed.cause-told', 'The worker ended with: {{exception}}', values)
      : t('diagnosis.stage-failed.cause', 'The pod of the stage failed; the reason is only in its log.'),
    advice: t(
      'diagnosis.stage-failed.advice',
      'A new round starts with the next trigger: it has to collect samples first. Read the log of the failed pod meanwhile.'
    ),
  }),
  'model-not-copied': (values) => ({
    title: t('diagnosis.model-not-copied.title', 'The new model cannot be deployed, the old one stays in use'),
    cause: values.cause
      ? t('diagnosis.model-not-copied.cause-told', 'The local controller says: {{cause}}', values)
      : t(
          'diagnosis.model-not-copied.cause',
          'The local controller cannot copy the evaluated model to the output directory; it says so only in its log.'
        ),
    advice: t(
      'diagnosis.model-not-copied.advice',
      'Check space and permissions in the output directory on the node, or the access to remote storage. It tries again every ten seconds.'
    ),
  }),
  'index-not-updated': (values) => ({
    title: t('diagnosis.index-not-updated.title', 'The round completed, but an old model is in use'),
    cause: t(
      'diagnosis.index-not-updated.cause',
      'The evaluation {{pod}} could not update the index of the knowledge base and went on all the same. After a restart the knowledge base has lost its index file while its tables stay.',
      values
    ),
    advice: t(
      'diagnosis.index-not-updated.advice',
      'See in the log of the pod kb whether it answers 500 to /knowledgebase/update/status: then it has lost its index. Give it a path on its volume (KnowledgeBasePath), so that its files outlive a restart.'
    ),
  }),
  'no-progress': (values) => ({
    title: t('diagnosis.no-progress.title', '{{stage}} is {{condition}} for longer than in a healthy job', values),
    cause: t(
      'diagnosis.no-progress.cause',
      'A healthy job leaves this state within a minute or so; large images and remote data take longer. No rule found why it does not.'
    ),
    advice: t(
      'diagnosis.no-progress.advice',
      'Read the lines of the global manager and of the local controller that name the job, and see whether its pod waits for a node.'
    ),
  }),
  'condition-failed': () => ({
    title: t('diagnosis.condition-failed.title', 'Failed'),
    cause: t('diagnosis.condition-failed.cause', 'A worker failed; Sedna tells no more than that.'),
    advice: t(
      'diagnosis.condition-failed.advice',
      'Look at its pods: phase, restarts, why a container waits, and their logs.'
    ),
  }),
  'workers-failed': (values) => ({
    title: t('diagnosis.workers-failed.title', 'Failed workers: {{failed}}', values),
    cause: t('diagnosis.workers-failed.cause', 'The status counts failed workers, while the whole still goes on.'),
    advice: t('diagnosis.workers-failed.advice', 'Look at the pods that failed, and at their logs.'),
  }),
};

/** Words for a finding. */
export const findingText = ({ rule, about }: Pick<Finding, 'rule' | 'about'>): FindingText =>
  TEXTS[rule]({ ...about, interpolation: { escapeValue: false } } as Values);
