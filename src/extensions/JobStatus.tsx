import React, { useMemo } from 'react';
import { usePluginContext } from '@grafana/data';
import { ErrorBoundaryAlert } from '@grafana/ui';
import { StatusScene } from '../pages/resources/status/StatusScene';
import { UnknownKindScene } from '../pages/resources/UnknownKindScene';
import { createPageScene } from '../panels/page/createPageScene';
import { useSettings } from '../platform/settings/useSettings';
import { findKindByAnyName } from '../sedna/kinds';

export interface JobStatusProps {
  /** Kind as in `kind:` of the object; a lifelong learning job if absent. */
  kind?: string;
  namespace: string;
  name: string;
}

/** Shows the current status of one object within a page of another app. */
export default function JobStatus({ kind = 'LifelongLearningJob', namespace, name }: JobStatusProps) {
  const settings = useSettings(usePluginContext()?.meta.jsonData);
  const scene = useMemo(() => {
    if (!settings) {
      return undefined;
    }
    const known = findKindByAnyName(kind);
    return createPageScene({
      requires: 'prometheus',
      timePicker: false,
      body: () =>
        known
          ? new StatusScene({ ref: { kind: known.kind, namespace, name }, isShort: true })
          : new UnknownKindScene({ kindName: kind }),
    });
  }, [settings, kind, namespace, name]);
  return <ErrorBoundaryAlert>{scene && <scene.Component model={scene} />}</ErrorBoundaryAlert>;
}
