import { useCallback } from 'react';
import { rangeUtil } from '@grafana/data';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { currentSettings } from '../app/currentSettings';
import { chooseDataSource } from '../app/dataSources';
import { useOpened } from '../components/useStoredObjects';
import { objectNames, type ObjectRef } from '../query/resources';
import { labelValues } from './labelValues';

interface RememberOpenedState extends SceneObjectState {
  ref: ObjectRef;
}

/**
 * Shows nothing; that it is shown puts an object that is there among those that the person opened recently. One
 * look-up.
 */
export class RememberOpened extends SceneObjectBase<RememberOpenedState> {
  static Component = Remember;
}

/** As far back as Prometheus itself looks for what is now. */
const NOW = { from: 'now-5m', to: 'now' };

function Remember({ model }: SceneComponentProps<RememberOpened>) {
  const { ref } = model.useState();
  const exists = useCallback(
    async (signal: AbortSignal) =>
      chooseDataSource('prometheus', currentSettings()).state === 'chosen' &&
      (await labelValues('prometheus', objectNames(ref), rangeUtil.convertRawToRange(NOW), signal)).includes(ref.name),
    [ref]
  );
  useOpened(ref, exists);
  return null;
}
