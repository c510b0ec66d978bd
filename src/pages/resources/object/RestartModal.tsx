import React, { useEffect, useMemo, useState } from 'react';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { Alert, Button, Modal, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../../ui/CopyBlock';
import { KubernetesErrorAlert } from '../../../ui/feedback/KubernetesErrorAlert';
import {
  maskSecrets,
  toApiError,
  recreate,
  type ApiErrorDetails,
  type RecreateOutcome,
  type RecreateStep,
} from '../../../kubernetes';
import { ConfirmName } from './ConfirmName';
import type { DeedProps } from './DeleteModal';
import { noteDone } from './done';
import { download } from './download';
import { Removal } from './Removal';
import { toYaml } from './yamlText';

/** The manifest is, or may be, all that is left. */
type Left = Extract<RecreateOutcome, { state: 'halfway' | 'unknown' }>;
type State =
  { state: 'asking' } | { state: 'running'; step: RecreateStep } | Exclude<RecreateOutcome, { state: 'created' }>;

function unchangedText({ kind }: ApiErrorDetails): string {
  return kind === 'conflict' || kind === 'not-found'
    ? t(
        'object.restart.changed',
        'Nothing was deleted. The object is not as this page shows it: close this to reload it, then decide again.'
      )
    : t('object.restart.unchanged', 'Nothing was deleted; the object is as it was.');
}

function stepText(step: RecreateStep): string {
  switch (step) {
    case 'check':
      return t('object.restart.check', 'Asking Kubernetes whether it would accept the new object ...');
    case 'delete':
      return t('object.restart.delete', 'Deleting ...');
    case 'wait':
      return t('object.restart.wait', 'Waiting until it is gone ...');
    default:
      return t('object.restart.create', 'Creating it anew ...');
  }
}

/** While an object is neither here nor there, leaving asks first: for another site, or for another page of Grafana. */
function useHoldPage(hold: boolean, name: string): void {
  useEffect(() => {
    if (!hold) {
      return undefined;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    const question = t(
      'object.restart.leave',
      '{{name}} is not created anew yet, and its manifest is on this page only. Leave it?',
      { name, interpolation: { escapeValue: false } }
    );
    const unblock = locationService.getHistory().block(() => (window.confirm(question) ? undefined : false));
    return () => {
      window.removeEventListener('beforeunload', ask);
      unblock();
    };
  }, [hold, name]);
}

/** Deletes the object and creates it from the same spec: it starts with round one. */
export function RestartModal({ client, address, object, onClose, onDone }: DeedProps) {
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<State>({ state: 'asking' });
  const busy = state.state === 'running';
  const left = state.state === 'halfway' || state.state === 'unknown' ? state : undefined;
  useHoldPage(busy || left !== undefined, address.name);

  const restart = async () => {
    const onStep = (step: RecreateStep) => setState({ state: 'running', step });
    const outcome = await recreate({ client, address, object, onStep });
    if (outcome.state === 'created') {
      onDone(await noteDone('restart', address));
    } else {
      setState(outcome);
    }
  };
  const createAgain = async (from: Left) => {
    setState({ state: 'running', step: 'create' });
    try {
      await client.create(address, from.manifest);
      onDone(await noteDone('restart', address));
    } catch (reason) {
      setState({ ...from, problem: toApiError(reason) });
    }
  };
  // Nothing but the button closes it while the manifest is all that is left.
  const dismiss = busy || left ? () => {} : onClose;

  return (
    <Modal
      isOpen
      title={t('object.restart.title', 'Restart {{name}} from round one', { name: address.name })}
      onDismiss={dismiss}
      closeOnBackdropClick={false}
    >
      {left ? (
        <LeftNotice left={left} fileName={`${address.kind}-${address.namespace}-${address.name}.yaml`} />
      ) : (
        <Stack direction="column" gap={2}>
          <Text element="p">
            {t(
              'object.restart.text',
              'The object is deleted and created from the same spec, with its labels and annotations.'
            )}
          </Text>
          <Removal client={client} address={address} object={object} />
          <ConfirmName name={address.name} typed={typed} onType={setTyped} />
          {state.state === 'running' && <div role="status">{stepText(state.step)}</div>}
          {state.state === 'unchanged' && (
            <KubernetesErrorAlert problem={state.problem}>
              <Text element="p">{unchangedText(state.problem)}</Text>
            </KubernetesErrorAlert>
          )}
        </Stack>
      )}
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" disabled={busy} onClick={onClose}>
          {left ? t('object.restart.close', 'Close, I have the manifest') : t('object.cancel', 'Cancel')}
        </Button>
        {left ? (
          <Button onClick={() => createAgain(left)}>{t('object.restart.again', 'Create it again')}</Button>
        ) : (
          <Button variant="destructive" disabled={typed !== address.name || busy} onClick={restart}>
            {t('object.restart.confirm', 'Delete and create anew')}
          </Button>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}

function LeftNotice({ left: { state, problem, manifest }, fileName }: { left: Left; fileName: string }) {
  const { text, hidden } = useMemo(() => {
    const { object, secrets } = maskSecrets(manifest);
    return { text: toYaml(object), hidden: [...secrets.keys()] };
  }, [manifest]);
  return (
    <Stack direction="column" gap={2}>
      {state === 'halfway' ? (
        <Alert severity="warning" title={t('object.halfway.title', 'Deleted, but not created anew')}>
          {t('object.halfway.text', 'Nothing is lost: this is its manifest. Create it again, or keep it.')}
        </Alert>
      ) : (
        <Alert severity="warning" title={t('object.halfway.unknown', 'It is not known whether it was deleted')}>
          {t(
            'object.halfway.unknown-text',
            'Kubernetes was asked to delete it and did not answer. Keep this manifest. Creating it again changes nothing if the object is still there.'
          )}
        </Alert>
      )}
      <KubernetesErrorAlert problem={problem} />
      <CopyBlock label={t('object.halfway.manifest', 'Manifest')} text={text} />
      {hidden.length > 0 && (
        <Text element="p" color="warning">
          {t(
            'object.halfway.masked',
            'Masked here and in the download, to be filled in by you: {{paths}}. Creating it again from this page uses the real values.',
            { paths: hidden.join(', '), interpolation: { escapeValue: false } }
          )}
        </Text>
      )}
      <div>
        <Button variant="secondary" icon="download-alt" onClick={() => download(fileName, text)}>
          {t('object.download', 'Download')}
        </Button>
      </div>
    </Stack>
  );
}
