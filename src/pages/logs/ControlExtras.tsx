import React, { lazy, Suspense } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { LogsScene } from './LogsScene';
import { SavedSearches } from './SavedSearches';

const RoundField = lazy(async () => ({ default: (await import('./RoundField')).RoundField }));

/** What may be chosen beside what is chosen by hand: a round of the job, and a search that was saved. */
export function ControlExtras({ model }: { model: LogsScene }) {
  const { job, namespace } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <>
      {job !== '' && (
        <Suspense fallback={null}>
          <RoundField key={`${namespace}/${job}`} model={model} />
        </Suspense>
      )}
      <div className={styles.button}>
        <SavedSearches model={model} />
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ button: css({ paddingTop: theme.spacing(2.75) }) });
