import React, { useMemo } from 'react';
import { usePluginContext } from '@grafana/data';
import { ErrorBoundaryAlert } from '@grafana/ui';
import { StatusScene } from '../pages/resources/status/StatusScene';
import { UnknownKindScene } from '../pages/resources/UnknownKindScene';
import { pageScene } from '../scenes/page';
import { findKind } from '../sedna/kinds';
import { takeSettings } from './currentSettings';

export interface JobStatusProps {
  /** Kind as in `kind:` of the object; a lifelong learning job where it is absent. */
  kind?: string;
  namespace: string;
  name: string;
}

/** Newest status of one object, for other apps to show within their pages. */
export default function JobStatus({ kind = 'LifelongLearningJob', namespace, name }: JobStatusProps) {
  const jsonData = usePluginContext()?.meta.jsonData;
  const scene = useMemo(() => {
    takeSettings(jsonData);
    const known = findKind(kind);
    return pageScene({
      needs: 'prometheus',
      timePicker: false,
      body: () =>
        known
          ? new StatusScene({ ref: { kind: known.kind, namespace, name }, isShort: true })
          : new UnknownKindScene({ kindName: kind }),
    });
  }, [jsonData, kind, namespace, name]);
  return (
    <ErrorBoundaryAlert>
      <scene.Component model={scene} />
    </ErrorBoundaryAlert>
  );
}
