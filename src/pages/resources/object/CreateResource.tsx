import React, { lazy, Suspense, useState } from 'react';
import { t } from '@grafana/i18n';
import { Alert, Button, LinkButton, Stack, Text } from '@grafana/ui';
import { PLUGIN_ID, buildResourceUrl } from '../../../platform/links/links';
import { grafanaClient } from '../../../kubernetes/grafanaClient';
import type { KubernetesObjectRef } from '../../../kubernetes/types';
import type { Done } from './done';
import { useWhyNotWrite } from './writing';

const CreateModal = lazy(() => import('./CreateModal').then((module) => ({ default: module.CreateModal })));
const client = grafanaClient(PLUGIN_ID);

/** The button that creates an object from YAML, for the list and the object's own page. */
export function CreateResource() {
  const whyNot = useWhyNotWrite();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<{ done: Done; address: KubernetesObjectRef }>();
  return (
    <Stack direction="column" gap={1}>
      <div>
        <Button
          variant="secondary"
          icon="plus"
          disabled={whyNot !== undefined}
          tooltip={whyNot}
          onClick={() => {
            setCreated(undefined);
            setOpen(true);
          }}
        >
          {t('object.create.button', 'Create from YAML')}
        </Button>
      </div>
      {created && (
        <DoneNotice done={created.done}>
          <LinkButton
            size="sm"
            variant="secondary"
            href={buildResourceUrl(created.address.kind, created.address.namespace, created.address.name)}
          >
            {t('object.create.open', 'Open {{name}}', { name: created.address.name })}
          </LinkButton>
        </DoneNotice>
      )}
      {open && (
        <Suspense fallback={null}>
          <CreateModal
            client={client}
            onClose={() => setOpen(false)}
            onDone={(done, address) => {
              setOpen(false);
              setCreated({ done, address });
            }}
          />
        </Suspense>
      )}
    </Stack>
  );
}

/** What was done, and whether Grafana's time line knows. */
export function DoneNotice({ done, children }: { done: Done; children?: React.ReactNode }) {
  return (
    <Alert severity="success" title={done.text}>
      {done.notAnnotated !== undefined && (
        <Text element="p">
          {t('object.not-annotated', "Grafana's time line has no annotation of it: {{why}}", {
            why: done.notAnnotated,
            interpolation: { escapeValue: false },
          })}
        </Text>
      )}
      {children}
    </Alert>
  );
}
