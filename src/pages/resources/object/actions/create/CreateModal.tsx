import React, { useState } from 'react';
import { Alert, Button, CodeEditor, Modal, Stack, Text } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../../../ui/feedback/KubernetesErrorAlert';
import {
  checkManifest,
  toApiError,
  toRestartManifest,
  SEDNA_API_VERSION,
  type CheckedManifest,
  type KubernetesClient,
  type SednaObject,
} from '../../../../../kubernetes';
import { ManifestDiff } from '../../manifest/ManifestDiff';
import { parseYaml } from '../../manifest/manifestText';
import { recordAction, type ActionResult } from '../actionResult';
import { useObjectAction } from '../useObjectAction';
import type { ObjectRef } from '../../../../../sedna/objectRef';
import { TEST_IDS } from '../../../../../ui/testIds';
import { t } from '../../../../../platform/i18n';

interface Props {
  client: KubernetesClient;
  onClose: () => void;
  onDone: (result: ActionResult, address: ObjectRef) => void;
}

/** Result of a dry run. */
interface DryRun {
  address: ObjectRef;
  manifest: SednaObject;
  before: SednaObject;
  after: SednaObject;
  /** Whether an object with this name exists, so that Kubernetes would refuse to create it. */
  exists: boolean;
}

function formatManifestError(fault: Extract<CheckedManifest, { state: 'faulty' }>): string {
  switch (fault.fault) {
    case 'no-object':
      return t('object.create.no-object', 'The text is not a Kubernetes manifest');
    case 'several-objects':
      return t('object.create.several', 'The text contains several documents. Create one object at a time.');
    case 'not-sedna':
      return t('object.create.not-sedna', 'Only Sedna kinds ({{apiVersion}}) can be created here, not "{{kind}}"', {
        apiVersion: SEDNA_API_VERSION,
        kind: [fault.apiVersion, fault.kind].filter(Boolean).join(' '),
      });
    case 'name':
      return t('object.create.name', 'metadata.name and metadata.namespace must be valid Kubernetes names');
    default:
      return t('object.create.masked', 'Replace masked values with the real ones: {{paths}}', {
        paths: fault.paths.join(', '),
      });
  }
}

/** Fetches what the server would store, or how an object with the same name would change. Rejects if it refuses. */
async function fetchDryRun(client: KubernetesClient, address: ObjectRef, manifest: SednaObject): Promise<DryRun> {
  try {
    const after = toRestartManifest(await client.tryCreate(address, manifest));
    return { address, manifest, before: manifest, after, exists: false };
  } catch (error) {
    if (toApiError(error).kind !== 'conflict') {
      throw error;
    }
  }
  const before = toRestartManifest(await client.get(address));
  const after = toRestartManifest(await client.tryApply(address, manifest));
  return { address, manifest, before, after, exists: true };
}

/** Creates an object from YAML after a dry run on the server. */
export function CreateModal({ client, onClose, onDone }: Props) {
  const [text, setText] = useState('');
  const [manifestError, setManifestError] = useState('');
  const [dryRun, setDryRun] = useState<DryRun>();
  const { running, problem, run } = useObjectAction();

  const changeText = (next: string) => {
    setText(next);
    setManifestError('');
    // The dry run was of the previous text.
    setDryRun(undefined);
  };
  const check = () =>
    run(async () => {
      setDryRun(undefined);
      const checked = checkText(text);
      if (typeof checked === 'string') {
        setManifestError(checked);
      } else if (checked.state === 'faulty') {
        setManifestError(formatManifestError(checked));
      } else {
        setDryRun(await fetchDryRun(client, checked.ref, checked.manifest));
      }
    });
  const create = ({ address, manifest }: DryRun) =>
    run(async () => {
      await client.create(address, manifest);
      onDone(await recordAction('create', address), address);
    });
  return (
    <Modal isOpen title={t('object.create.title', 'Create from YAML')} onDismiss={onClose} closeOnBackdropClick={false}>
      <Stack direction="column" gap={2}>
        <div data-testid={TEST_IDS.object.newManifest}>
          <CodeEditor
            value={text}
            language="yaml"
            height={280}
            showMiniMap={false}
            showLineNumbers
            onChange={changeText}
          />
        </div>
        {manifestError !== '' && (
          <Alert severity="error" title={t('object.create.fault', 'Manifest not valid')}>
            {manifestError}
          </Alert>
        )}
        {problem && <KubernetesErrorAlert problem={problem} />}
        {dryRun && <DryRunResult dryRun={dryRun} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('object.cancel', 'Cancel')}
        </Button>
        <Button variant={dryRun ? 'secondary' : 'primary'} disabled={text.trim() === '' || running} onClick={check}>
          {t('object.create.check', 'Check')}
        </Button>
        {dryRun && !dryRun.exists && (
          <Button disabled={running} onClick={() => create(dryRun)}>
            {t('object.create.confirm', 'Create')}
          </Button>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}

/** Returns the checked manifest, or the message of the YAML parser. */
function checkText(text: string): CheckedManifest | string {
  try {
    return checkManifest(parseYaml(text));
  } catch (error) {
    return (error as Error).message;
  }
}

function DryRunResult({ dryRun: { before, after, exists } }: { dryRun: DryRun }) {
  return (
    <div>
      {exists ? (
        <Alert severity="warning" title={t('object.create.exists.title', 'An object with this name already exists')}>
          {t(
            'object.create.exists.text',
            'Use another name, or delete the existing object first. Differences from the existing object:'
          )}
        </Alert>
      ) : (
        <Text element="p">
          {t(
            'object.create.accepted',
            'Kubernetes accepts this manifest. Changes that it would make to what you wrote:'
          )}
        </Text>
      )}
      <ManifestDiff before={before} after={after} />
    </div>
  );
}
