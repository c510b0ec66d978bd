import React, { useState } from 'react';
import { Button, Modal, Stack, Text } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../../../ui/feedback/KubernetesErrorAlert';
import {
  toApiError,
  recreate,
  type ApiErrorDetails,
  type RecreateOutcome,
  type RecreateStep,
} from '../../../../../kubernetes';
import { recordAction } from '../actionResult';
import { ConfirmNameField } from '../ConfirmNameField';
import { DeletionImpact } from '../DeletionImpact';
import { InterruptedRestart, type Interruption } from './InterruptedRestart';
import type { ObjectActionProps } from '../objectActionProps';
import { useConfirmLeave } from './useConfirmLeave';
import { t } from '../../../../../platform/i18n';

type State =
  { state: 'confirming' } | { state: 'running'; step: RecreateStep } | Exclude<RecreateOutcome, { state: 'created' }>;

function formatUnchanged({ kind }: ApiErrorDetails): string {
  return kind === 'conflict' || kind === 'not-found'
    ? t(
        'object.restart.changed',
        'Nothing was deleted. The object has changed since this page loaded it. Close this dialog to reload it, then decide again.'
      )
    : t('object.restart.unchanged', 'Nothing was deleted. The object is unchanged.');
}

function formatStep(step: RecreateStep): string {
  switch (step) {
    case 'check':
      return t('object.restart.check', 'Checking that Kubernetes accepts the new object...');
    case 'delete':
      return t('object.restart.delete', 'Deleting...');
    case 'wait':
      return t('object.restart.wait', 'Waiting for the deletion to finish...');
    default:
      return t('object.restart.create', 'Creating...');
  }
}

/** Deletes an object and recreates it from the same spec, so that it starts from round 1. */
export function RestartModal({ client, address, object, onClose, onDone }: ObjectActionProps) {
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<State>({ state: 'confirming' });
  const busy = state.state === 'running';
  const interruption = state.state === 'halfway' || state.state === 'unknown' ? state : undefined;
  useConfirmLeave(busy || interruption !== undefined, address.name);

  const restart = async () => {
    const onStep = (step: RecreateStep) => setState({ state: 'running', step });
    const outcome = await recreate({ client, ref: address, object, onStep });
    if (outcome.state === 'created') {
      onDone(await recordAction('restart', address));
    } else {
      setState(outcome);
    }
  };
  const createAgain = async (from: Interruption) => {
    setState({ state: 'running', step: 'create' });
    try {
      await client.create(address, from.manifest);
      onDone(await recordAction('restart', address));
    } catch (error) {
      setState({ ...from, problem: toApiError(error) });
    }
  };
  // Escape must not close the dialog while it has the only copy of the manifest.
  const dismiss = busy || interruption ? () => {} : onClose;

  return (
    <Modal
      isOpen
      title={t('object.restart.title', 'Restart {{name}} from round 1', {
        name: address.name,
      })}
      onDismiss={dismiss}
      closeOnBackdropClick={false}
    >
      {interruption ? (
        <InterruptedRestart
          interruption={interruption}
          fileName={`${address.kind}-${address.namespace}-${address.name}.yaml`}
        />
      ) : (
        <Stack direction="column" gap={2}>
          <Text element="p">
            {t(
              'object.restart.text',
              'The object is deleted and recreated with the same spec, labels, and annotations'
            )}
          </Text>
          <DeletionImpact client={client} address={address} object={object} />
          <ConfirmNameField name={address.name} typed={typed} onType={setTyped} />
          {state.state === 'running' && <div role="status">{formatStep(state.step)}</div>}
          {state.state === 'unchanged' && (
            <KubernetesErrorAlert problem={state.problem}>
              <Text element="p">{formatUnchanged(state.problem)}</Text>
            </KubernetesErrorAlert>
          )}
        </Stack>
      )}
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" disabled={busy} onClick={onClose}>
          {interruption ? t('object.restart.close', 'Close without recreating') : t('object.cancel', 'Cancel')}
        </Button>
        {interruption ? (
          <Button onClick={() => createAgain(interruption)}>{t('object.restart.again', 'Create again')}</Button>
        ) : (
          <Button variant="destructive" disabled={typed !== address.name || busy} onClick={restart}>
            {t('object.restart.confirm', 'Delete and recreate')}
          </Button>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}
