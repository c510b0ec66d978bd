import React, { useMemo } from 'react';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../../../../ui/CopyBlock';
import { KubernetesErrorAlert } from '../../../../../ui/feedback/KubernetesErrorAlert';
import { maskSecrets, type RecreateOutcome } from '../../../../../kubernetes';
import { downloadText } from '../../manifest/downloadText';
import { toYaml } from '../../manifest/manifestText';
import { t } from '../../../../../platform/i18n';

/** Outcome of a restart after which the object does not exist, or may not exist. */
export type Interruption = Extract<RecreateOutcome, { state: 'halfway' | 'unknown' }>;

interface Props {
  interruption: Interruption;
  /** Name of the downloaded manifest. */
  fileName: string;
}

/** Offers the manifest of an object that is, or may be, deleted and not recreated. */
export function InterruptedRestart({ interruption: { state, problem, manifest }, fileName }: Props) {
  const { text, hidden } = useMemo(() => {
    const { object, secrets } = maskSecrets(manifest);
    return { text: toYaml(object), hidden: [...secrets.keys()] };
  }, [manifest]);
  return (
    <Stack direction="column" gap={2}>
      {state === 'halfway' ? (
        <Alert severity="warning" title={t('object.halfway.title', 'Deleted but not recreated')}>
          {t(
            'object.halfway.text',
            'This manifest has everything to recreate the object. Create it again, or save the manifest.'
          )}
        </Alert>
      ) : (
        <Alert severity="warning" title={t('object.halfway.unknown', 'Deletion not confirmed')}>
          {t(
            'object.halfway.unknown-text',
            "Kubernetes didn't respond to the delete request. Save this manifest. If the object still exists, creating it again changes nothing."
          )}
        </Alert>
      )}
      <KubernetesErrorAlert problem={problem} />
      <CopyBlock label={t('object.halfway.manifest', 'Manifest')} text={text} />
      {hidden.length > 0 && (
        <Text element="p" color="warning">
          {t(
            'object.halfway.masked',
            'Masked here and in the download: {{paths}}. Fill in these values if you recreate the object yourself. Creating it again on this page uses the real ones.',
            { paths: hidden.join(', ') }
          )}
        </Text>
      )}
      <div>
        <Button variant="secondary" icon="download-alt" onClick={() => downloadText(fileName, text)}>
          {t('object.download', 'Download')}
        </Button>
      </div>
    </Stack>
  );
}
