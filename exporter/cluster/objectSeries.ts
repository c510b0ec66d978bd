/** Series of objects in memory and as text. An object keeps values, and shares everything else with the other objects. */
import { METRICS } from '../../src/sedna/catalog';
import { formatFamilyHeader, formatLabels } from '../http/exposition';
import type { ObjectSeries } from './extract/jobMetrics';

/** Metrics extracted from objects, in the order of the catalog. */
export const CLUSTER_METRICS = METRICS.filter(
  ({ source, component }) => source === 'exporter-cluster' && component !== 'exporter'
);

const FAMILY_BY_NAME: ReadonlyMap<string, number> = new Map(CLUSTER_METRICS.map(({ name }, index) => [name, index]));

/** What distinguishes a series from the other series of its object. */
interface SeriesKey {
  /** Index in {@link CLUSTER_METRICS}. */
  family: number;
  /** Labels after those of the object, with a comma before each. */
  labels: string;
}

/** All series of an object, ordered by family. */
export interface StoredSeries {
  /** Labels that identify the object. */
  identity: string;
  keys: readonly SeriesKey[];
  /** One for each key. */
  values: readonly number[];
}

/** Most objects have the same keys, except for names of models and metrics. */
const MAX_SHARED_KEYS = 2_000;
const sharedKeys = new Map<string, SeriesKey>();

function getKey(family: number, labels: string): SeriesKey {
  const id = `${family}${labels}`;
  const known = sharedKeys.get(id);
  if (known) {
    return known;
  }
  if (sharedKeys.size >= MAX_SHARED_KEYS) {
    sharedKeys.clear();
  }
  const key = { family, labels };
  sharedKeys.set(id, key);
  return key;
}

/** @param series of {@link CLUSTER_METRICS} */
export function toStoredSeries(identity: string, series: readonly ObjectSeries[]): StoredSeries {
  const entries = series.map(({ metric, labels, value }) => {
    const own = formatLabels(Object.keys(labels), Object.values(labels));
    return { key: getKey(FAMILY_BY_NAME.get(metric)!, own && `,${own}`), value };
  });
  entries.sort((a, b) => a.key.family - b.key.family);
  return { identity, keys: entries.map(({ key }) => key), values: entries.map(({ value }) => value) };
}

/** Characters per chunk, so that other requests are handled between two chunks. */
const CHUNK_LENGTH = 100_000;

/** Renders the series of objects in the Prometheus text format, chunk by chunk. */
export function* renderFamilies(objects: readonly StoredSeries[]): Generator<string> {
  const positions = new Uint32Array(objects.length);
  for (const [family, { name, help, type }] of CLUSTER_METRICS.entries()) {
    let header = formatFamilyHeader({ name, help, type: type === 'counter' ? 'counter' : 'gauge' });
    let lines: string[] = [];
    let length = 0;
    for (let index = 0; index < objects.length; index++) {
      const { identity, keys, values } = objects[index];
      let position = positions[index];
      for (; position < keys.length && keys[position].family === family; position++) {
        const line = `${name}{${identity}${keys[position].labels}} ${values[position]}\n`;
        length += line.length;
        lines.push(line);
      }
      positions[index] = position;
      if (length > CHUNK_LENGTH) {
        yield header + lines.join('');
        header = '';
        lines = [];
        length = 0;
      }
    }
    if (lines.length > 0) {
      yield header + lines.join('');
    }
  }
}
