import React, { useEffect, useState } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import { t } from '../../platform/i18n';

/** Delay before the data source is named as slow. */
const SLOW_DELAY_MS = 8000;

/** Shows that a request is running; after a while, names the data source and suggests a shorter time range. */
export function LoadingIndicator({ source }: { source: string }) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <LoadingPlaceholder
      text={
        isSlow
          ? t('waiting.long', '{{source}} is slow. Try a shorter time range.', {
              source,
            })
          : t('waiting.short', 'Loading...')
      }
    />
  );
}
