import React, { lazy, Suspense, useState } from 'react';
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import type { DownloadProps } from './DownloadModal';

const DownloadModal = lazy(() => import('./DownloadModal').then((module) => ({ default: module.DownloadModal })));

/** Opens the download of all lines of a time range; what that needs is loaded with the first click. */
export function DownloadButton(props: DownloadProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" fill="outline" variant="secondary" icon="download-alt" onClick={() => setOpen(true)}>
        {t('logs.download.button', 'Download all')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <DownloadModal {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
