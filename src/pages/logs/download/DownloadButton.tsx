import React, { lazy, Suspense, useState } from 'react';
import { Button } from '@grafana/ui';
import type { DownloadProps } from './DownloadModal';
import { t } from '../../../platform/i18n';

// Loaded on the first click.
const DownloadModal = lazy(() => import('./DownloadModal').then((module) => ({ default: module.DownloadModal })));

export function DownloadButton(props: DownloadProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="sm" fill="outline" variant="secondary" icon="download-alt" onClick={() => setIsOpen(true)}>
        {t('logs.download.button', 'Download all')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <DownloadModal {...props} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
