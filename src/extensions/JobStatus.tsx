import React, { useMemo } from 'react';
import { usePluginContext } from '@grafana/data';
import { ErrorBoundaryAlert } from '@grafana/ui';
import { StatusScene } from '../pages/resources/status/StatusScene';
import { UnknownKindScene } from '../pages/resources/UnknownKindScene';
import { createPageScene } from '../panels/page/createPageScene';
import { findKind } from '../sedna/kinds';
import { setCurrentSettings } from '../platform/settings/currentSettings';

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
    setCurrentSettings(jsonData);
    const known = findKind(kind);
    return createPageScene({
      requires: 'prometheus',
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
