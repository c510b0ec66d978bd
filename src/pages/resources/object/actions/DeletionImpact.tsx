import React, { useEffect, useState } from 'react';
import { Text } from '@grafana/ui';
import { describeKubernetesError } from '../../../../data/errors/describeKubernetesError';
import {
  toApiError,
  type KubernetesClient,
  type KubernetesApiError,
  type SednaObject,
  type WorkerPod,
} from '../../../../kubernetes';
import type { ObjectRef } from '../../../../sedna/objectRef';
import { TEST_IDS } from '../../../../ui/testIds';
import { t } from '../../../../platform/i18n';

interface Props {
  client: KubernetesClient;
  address: ObjectRef;
  object: SednaObject;
}

/** Lists what is removed together with an object, and what is kept. */
export function DeletionImpact({ client, address: { kind }, object }: Props) {
  const [pods, setPods] = useState<WorkerPod[]>();
  const [problem, setProblem] = useState<KubernetesApiError>();
  useEffect(() => {
    let isCurrent = true;
    client.pods(object, kind).then(
      (found) => isCurrent && setPods(found),
      (error) => isCurrent && setProblem(toApiError(error))
    );
    return () => {
      isCurrent = false;
    };
  }, [client, kind, object]);
  return (
    <div data-testid={TEST_IDS.object.deletionImpact}>
      <Text element="p">{t('object.removal.object', 'Removed: the object and its condition history')}</Text>
      {!pods && !problem && <Text element="p">{t('object.removal.loading', 'Loading pods...')}</Text>}
      {problem && (
        <Text element="p" color="warning">
          {t('object.removal.unknown', "Removed: the pods of the object, which couldn't be loaded ({{error}})", {
            error: describeKubernetesError(problem).title,
          })}
        </Text>
      )}
      {pods?.length === 0 && <Text element="p">{t('object.removal.no-pods', 'The object has no pods')}</Text>}
      {pods && pods.length > 0 && (
        <>
          <Text element="p">
            {t('object.removal.pods', 'Removed by Kubernetes garbage collection: {{count}} pods', {
              count: pods.length,
              defaultValue_one: 'Removed by Kubernetes garbage collection: {{count}} pod',
            })}
          </Text>
          <ul>
            {pods.map(({ name, node, phase }) => (
              <li key={name}>{[name, node, phase].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
        </>
      )}
      <Text element="p">{t('object.removal.stays', 'Kept: model files, knowledge base rows, logs, and metrics')}</Text>
    </div>
  );
}
