import { SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { ConfigurationForm } from './ConfigurationForm';

export class ConfigurationScene extends SceneObjectBase<SceneObjectState> {
  static Component = ConfigurationForm;
}
