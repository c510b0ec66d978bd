import React, { lazy, Suspense, useState } from 'react';
import { Button, Stack } from '@grafana/ui';
import { AppLinkButton } from '../../../../../ui/links/AppLinkButton';
import { PLUGIN_ID, buildResourceUrl } from '../../../../../platform/links/links';
import { grafanaClient } from '../../../../../kubernetes/grafanaClient';
import type { ObjectRef } from '../../../../../sedna/objectRef';
import { ActionResultAlert } from '../ActionResultAlert';
import type { ActionResult } from '../actionResult';
import { useWriteDisabledReason } from '../useWriteDisabledReason';
import { t } from '../../../../../platform/i18n';

const CreateModal = lazy(() => import('./CreateModal').then((module) => ({ default: module.CreateModal })));
const client = grafanaClient(PLUGIN_ID);

/** Opens the dialog that creates an object from YAML, and links to the created object. */
export function CreateResourceButton() {
  const disabledReason = useWriteDisabledReason();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<{ result: ActionResult; address: ObjectRef }>();
  return (
    <Stack direction="column" gap={1}>
      <div>
        <Button
          variant="secondary"
          icon="plus"
          disabled={disabledReason !== undefined}
          tooltip={disabledReason}
          onClick={() => {
            setCreated(undefined);
            setOpen(true);
          }}
        >
          {t('object.create.button', 'Create from YAML')}
        </Button>
      </div>
      {created && (
        <ActionResultAlert result={created.result}>
          <AppLinkButton
            size="sm"
            variant="secondary"
            href={buildResourceUrl(created.address.kind, created.address.namespace, created.address.name)}
          >
            {t('object.create.open', 'Open {{name}}', {
              name: created.address.name,
            })}
          </AppLinkButton>
        </ActionResultAlert>
      )}
      {open && (
        <Suspense fallback={null}>
          <CreateModal
            client={client}
            onClose={() => setOpen(false)}
            onDone={(result, address) => {
              setOpen(false);
              setCreated({ result, address });
            }}
          />
        </Suspense>
      )}
    </Stack>
  );
}
