import React, { useEffect, useState } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import { t } from '../../platform/i18n';

/** Milliseconds after which people begin to wonder. */
const LONG = 8000;

/** Says that an answer is awaited; after a while also from whom, and what would be quicker. */
export function LoadingIndicator({ source }: { source: string }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  return (
    <LoadingPlaceholder
      text={
        long
          ? t('waiting.long', '{{source}} is slow. Try a shorter time range.', {
              source,
            })
          : t('waiting.short', 'Loading...')
      }
    />
  );
}
