import React, { useEffect, useState } from 'react';
import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { describeKubernetesError } from '../../../data/errors/describeKubernetesError';
import {
  toApiError,
  type KubernetesClient,
  type KubernetesApiError,
  type KubernetesObjectRef,
  type SednaObject,
  type WorkerPod,
} from '../../../kubernetes';

interface Props {
  client: KubernetesClient;
  address: KubernetesObjectRef;
  object: SednaObject;
}

/** What goes when an object is deleted, and what stays. */
export function Removal({ client, address: { kind }, object }: Props) {
  const [pods, setPods] = useState<WorkerPod[]>();
  const [problem, setProblem] = useState<KubernetesApiError>();
  useEffect(() => {
    let wanted = true;
    client.pods(object, kind).then(
      (found) => wanted && setPods(found),
      (reason) => wanted && setProblem(toApiError(reason))
    );
    return () => {
      wanted = false;
    };
  }, [client, kind, object]);
  return (
    <div data-testid="object-removal">
      <Text element="p">{t('object.removal.object', 'Removed: the object with its whole history of conditions.')}</Text>
      {!pods && !problem && <Text element="p">{t('object.removal.loading', 'Looking for its pods ...')}</Text>}
      {problem && (
        <Text element="p" color="warning">
          {t('object.removal.unknown', 'Its pods are removed too; which these are could not be read. {{why}}', {
            why: describeKubernetesError(problem).title,
          })}
        </Text>
      )}
      {pods?.length === 0 && <Text element="p">{t('object.removal.no-pods', 'It has no pods now.')}</Text>}
      {pods && pods.length > 0 && (
        <>
          <Text element="p">
            {t('object.removal.pods', 'Removed too, by the garbage collection of Kubernetes: its pods.')}
          </Text>
          <ul>
            {pods.map(({ name, node, phase }) => (
              <li key={name}>{[name, node, phase].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
        </>
      )}
      <Text element="p">
        {t('object.removal.stays', 'Stays: its model files, its rows in the knowledge base, logs and metrics.')}
      </Text>
    </div>
  );
}
