/** Whether the local controller (LC) reads a dataset, by its log lines and by the series made from them. */
import { toLineEvidence, type RuleCase, type RuleContext, type RuleResult } from '../rule';
import { DATASET_UNREAD_AFTER_SECONDS, LC_RETRY_TIMEOUT_SECONDS, SIGNATURE_ACTIVE_SECONDS } from '../thresholds';

/** Lines about a failed read that neither a later line nor a later report of the dataset refutes. */
function getUnreadLines({ facts, signatures }: RuleContext) {
  const { dataset } = facts;
  const good = signatures.last('train-samples', 'training-triggered', 'dataset-read')?.line.time ?? -Infinity;
  const refuted = Math.max(good, dataset?.updated ?? -Infinity);
  return signatures
    .all('dataset-not-loaded', 'dataset-unread')
    .filter(({ id, value }) => id === 'dataset-not-loaded' || value === dataset?.name || value === facts.object.name)
    .filter(({ line }) => line.time > refuted);
}

export function isDatasetUnread(context: RuleContext): boolean {
  const { facts, now } = context;
  const lines = getUnreadLines(context);
  const newest = lines[lines.length - 1];
  const isUnreadByLogs =
    newest !== undefined &&
    now - newest.line.time < SIGNATURE_ACTIVE_SECONDS &&
    now - lines[0].line.time > LC_RETRY_TIMEOUT_SECONDS;
  const updated = facts.dataset?.updated ?? -Infinity;
  return (
    facts.dataset?.isNodeMissing ||
    isUnreadByLogs ||
    (facts.dataset?.read === false && now - updated > DATASET_UNREAD_AFTER_SECONDS)
  );
}

/** What Go writes for an error that is none: the file was not read, and another line has the reason. */
const NO_ERROR = '%!w(<nil>)';

const READ_ERROR = / failed, error: (.*)/;

/** The reason that the LC logged, of the job or of the dataset. */
function getLoggedCause({ signatures, facts }: RuleContext): string {
  const cause = signatures.last('dataset-not-loaded')?.value ?? '';
  const unread = signatures
    .all('dataset-unread')
    .filter(({ value }) => value === (facts.dataset?.name ?? facts.object.name))
    .pop();
  const [, readError = ''] = READ_ERROR.exec(unread?.line.text ?? '') ?? [];
  return cause === '' || cause === NO_ERROR ? readError : cause;
}

export function toUnreadResult(context: RuleContext): RuleResult {
  const { facts } = context;
  const lines = getUnreadLines(context);
  const { node = '', read, isNodeMissing = false } = facts.dataset ?? {};
  const name = facts.dataset?.name ?? (facts.object.kind === 'Dataset' ? facts.object.name : '');
  return {
    since: lines[0]?.line.time,
    params: { dataset: name, node, cause: getLoggedCause(context), isNodeMissing },
    evidence: [
      ...(isNodeMissing ? [{ query: 'dataset' as const, values: { dataset: name, node, nodeExists: false } }] : []),
      ...(read === undefined ? [] : [{ query: 'dataset-read' as const, values: { dataset: name, read } }]),
      ...toLineEvidence(lines),
    ],
  };
}

/** The case of a dataset whose node doesn't exist; it explains more than what is logged. */
export const DATASET_NODE_CASE: RuleCase = {
  title: "Dataset {{dataset}} isn't loaded: there is no node {{node}}",
  cause: 'The Dataset names node {{node}}, which the cluster does not have, so no local controller reads its file',
  advice: 'Correct `nodeName` in the Dataset, or add the node',
};
