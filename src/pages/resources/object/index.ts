import { EmbeddedScene } from '@grafana/scenes';
import type { ObjectAddress } from '../../../kubernetes/types';
import { ObjectScene } from './ObjectScene';

export { CreateResource } from './CreateResource';
export { ObjectScene };

/** Scene of the tab that shows the live object and what can be done to it; works without any data source. */
export const objectScene = (address: ObjectAddress): EmbeddedScene =>
  new EmbeddedScene({ body: new ObjectScene({ address }) });
