import React from 'react';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { UnknownKind } from './UnknownKind';

interface UnknownKindState extends SceneObjectState {
  kindName: string;
}

/** Stands for the page of an object whose kind, usually from a URL, Sedna does not have. */
export class UnknownKindScene extends SceneObjectBase<UnknownKindState> {
  static Component = UnknownKindRenderer;
}

function UnknownKindRenderer({ model }: SceneComponentProps<UnknownKindScene>) {
  return <UnknownKind kindName={model.useState().kindName} />;
}
