import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Alert, Button, CodeEditor, Modal, Stack, Text } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../ui/feedback/KubernetesErrorAlert';
import {
  checkManifest,
  toApiError,
  toRestartManifest,
  SEDNA_API_VERSION,
  type CheckedManifest,
  type KubernetesClient,
  type KubernetesObjectRef,
  type SednaObject,
} from '../../../kubernetes';
import { Difference } from './Difference';
import { noteDone, type Done } from './done';
import { useDeed } from './useDeed';
import { parseYaml } from './yamlText';

interface Props {
  client: KubernetesClient;
  onClose: () => void;
  onDone: (done: Done, address: KubernetesObjectRef) => void;
}

interface Trial {
  address: KubernetesObjectRef;
  manifest: SednaObject;
  /** Left and right side of the differences. */
  before: SednaObject;
  after: SednaObject;
  /** An object of this name is there: creating would be refused. */
  exists: boolean;
}

function faultText(fault: Extract<CheckedManifest, { state: 'faulty' }>): string {
  switch (fault.fault) {
    case 'no-object':
      return t('object.create.no-object', 'This is not a manifest of an object.');
    case 'several-objects':
      return t('object.create.several', 'One object at a time: this holds several documents.');
    case 'not-sedna':
      return t(
        'object.create.not-sedna',
        'Only the kinds of Sedna ({{apiVersion}}) are created here, not "{{kind}}".',
        {
          apiVersion: SEDNA_API_VERSION,
          kind: [fault.apiVersion, fault.kind].filter(Boolean).join(' '),
          interpolation: { escapeValue: false },
        }
      );
    case 'name':
      return t('object.create.name', 'metadata.name and metadata.namespace must be names that Kubernetes takes.');
    default:
      return t('object.create.masked', 'It holds masked values; fill in the real ones: {{paths}}', {
        paths: fault.paths.join(', '),
        interpolation: { escapeValue: false },
      });
  }
}

/** Lets the server try it: what it would store, or what would differ from the object that is there. */
async function tryManifest(
  client: KubernetesClient,
  address: KubernetesObjectRef,
  manifest: SednaObject
): Promise<Trial> {
  try {
    const after = toRestartManifest(await client.tryCreate(address, manifest));
    return { address, manifest, before: manifest, after, exists: false };
  } catch (reason) {
    if (toApiError(reason).kind !== 'conflict') {
      throw reason;
    }
  }
  const before = toRestartManifest(await client.get(address));
  const after = toRestartManifest(await client.tryApply(address, manifest));
  return { address, manifest, before, after, exists: true };
}

/** Creates an object from YAML, after a dry run on the server. */
export function CreateModal({ client, onClose, onDone }: Props) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  const [trial, setTrial] = useState<Trial>();
  const { running, problem, run } = useDeed();

  const change = (next: string) => {
    setText(next);
    setFault('');
    // What was tried is not what is written now.
    setTrial(undefined);
  };
  const check = () =>
    run(async () => {
      setTrial(undefined);
      const checked = read(text);
      if (typeof checked === 'string') {
        setFault(checked);
      } else if (checked.state === 'faulty') {
        setFault(faultText(checked));
      } else {
        setTrial(await tryManifest(client, checked.address, checked.manifest));
      }
    });
  const create = ({ address, manifest }: Trial) =>
    run(async () => {
      await client.create(address, manifest);
      onDone(await noteDone('create', address), address);
    });
  return (
    <Modal isOpen title={t('object.create.title', 'Create from YAML')} onDismiss={onClose} closeOnBackdropClick={false}>
      <Stack direction="column" gap={2}>
        <div data-testid="object-create-text">
          <CodeEditor value={text} language="yaml" height={280} showMiniMap={false} showLineNumbers onChange={change} />
        </div>
        {fault !== '' && (
          <Alert severity="error" title={t('object.create.fault', 'Not sent')}>
            {fault}
          </Alert>
        )}
        {problem && <KubernetesErrorAlert problem={problem} />}
        {trial && <TrialResult trial={trial} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('object.cancel', 'Cancel')}
        </Button>
        <Button variant={trial ? 'secondary' : 'primary'} disabled={text.trim() === '' || running} onClick={check}>
          {t('object.create.check', 'Check')}
        </Button>
        {trial && !trial.exists && (
          <Button disabled={running} onClick={() => create(trial)}>
            {t('object.create.confirm', 'Create')}
          </Button>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}

/** The checked manifest, or why the text cannot be read. */
function read(text: string): CheckedManifest | string {
  try {
    return checkManifest(parseYaml(text));
  } catch (reason) {
    return (reason as Error).message;
  }
}

function TrialResult({ trial: { before, after, exists } }: { trial: Trial }) {
  return (
    <div>
      {exists ? (
        <Alert severity="warning" title={t('object.create.exists.title', 'An object of this name is there already')}>
          {t(
            'object.create.exists.text',
            'Creating it would be refused. Below is what would differ; choose another name, or delete that one first.'
          )}
        </Alert>
      ) : (
        <Text element="p">
          {t(
            'object.create.accepted',
            'Kubernetes would accept it. Below is what it would store that you did not write:'
          )}
        </Text>
      )}
      <Difference before={before} after={after} />
    </div>
  );
}
