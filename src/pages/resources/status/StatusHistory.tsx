import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { PanelData } from '@grafana/data';
import { Stack, useStyles2 } from '@grafana/ui';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { findKind } from '../../../sedna/kinds';
import { Rounds } from './Rounds';
import type { RoundSelection } from './roundSelection';

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  selection: RoundSelection;
  onSelectRounds: (change: Partial<RoundSelection>) => void;
  panel: ReactNode;
}

/** Shows the state panel, and the rounds of a job with stages. */
export function StatusHistory({ objectRef, data, selection, onSelectRounds, panel }: Props) {
  const request = useQueryRequest(data, { essential: 'condition' });
  const styles = useStyles2(getStyles);
  return (
    <Stack direction="column" gap={2} width="100%">
      <div className={styles.panel}>{panel}</div>
      {findKind(objectRef.kind)?.staged && (
        <Rounds objectRef={objectRef} request={request} selection={selection} onSelectRounds={onSelectRounds} />
      )}
    </Stack>
  );
}

const getStyles = () => ({ panel: css({ height: 190, display: 'flex', position: 'relative' }) });
