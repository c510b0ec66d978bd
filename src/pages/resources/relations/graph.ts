/** What one object has to do with, as nodes and edges, from the rows of one query. */
import { FieldType, type DataFrame } from '@grafana/data';
import { buildLogsUrl, buildPageUrl, buildResourceUrl, type LinkRange } from '../../../platform/links/links';
import { maskText } from '../../../kubernetes/maskText';
import { SUBQUERY_LABEL } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import type { Row } from '../../../data/rows';
import { KIND_NAMES, type KindName } from '../../../sedna/kinds';

export type EntityType = KindName | 'model' | 'pod' | 'node';

export interface Entity {
  id: string;
  type: EntityType;
  name: string;
  /** What it is to the object: role, type of worker, cloud or edge. */
  note: string;
  /** Where it can be looked at; a model file and a node have no page of their own. */
  href?: string;
}

export interface Relation {
  from: string;
  to: string;
}

export interface Graph {
  entities: Entity[];
  relations: Relation[];
}

/** Label of an info series that names a Model object. */
const MODEL_LABEL = /(?:^|_)model$/;

class Builder {
  private readonly entities = new Map<string, Entity>();
  private readonly relations = new Map<string, Relation>();

  add(type: EntityType, name: string, note = '', href?: string): string {
    const id = `${type}/${name}`;
    const known = this.entities.get(id);
    this.entities.set(id, { id, type, name, note: known?.note || note, href: known?.href ?? href });
    return id;
  }

  relate(from: string, to: string): void {
    this.relations.set(`${from} ${to}`, { from, to });
  }

  graph = (): Graph => ({ entities: [...this.entities.values()], relations: [...this.relations.values()] });
}

const kindOf = ({ labels }: Row): KindName | undefined => KIND_NAMES.find((kind) => kind === labels.kind);

/**
 * The object first, then what it is made of; the object itself is there also where nothing else is known.
 * @param span time range that links carry on
 */
export function relationGraph(ref: ObjectRef, rows: readonly Row[], span?: LinkRange): Graph {
  const { namespace } = ref;
  const builder = new Builder();
  const object = (kind: KindName, name: string, note = '') =>
    builder.add(kind, name, note, buildResourceUrl(kind, namespace, name, undefined, { span }));
  const centre = object(ref.kind, ref.name);
  const part = (name: string) => rows.filter(({ labels }) => labels[SUBQUERY_LABEL] === name);
  for (const { labels } of part('info')) {
    if (labels.dataset) {
      builder.relate(object('Dataset', labels.dataset), centre);
    }
    for (const label of Object.keys(labels).filter((each) => MODEL_LABEL.test(each) && labels[each])) {
      builder.relate(object('Model', labels[label], label.replaceAll('_', ' ')), centre);
    }
    if (ref.kind === 'Dataset' && labels.node) {
      builder.relate(builder.add('node', labels.node), centre);
    }
  }
  for (const { labels } of part('dataset')) {
    if (labels.node) {
      builder.relate(builder.add('node', labels.node), object('Dataset', labels.name));
    }
  }
  for (const { labels } of part('model')) {
    builder.relate(centre, builder.add('model', maskText(labels.url), labels.role));
  }
  for (const { labels } of part('pod')) {
    const pod = builder.add(
      'pod',
      labels.pod,
      labels.worker_type,
      buildLogsUrl({ namespace, pods: [labels.pod], span })
    );
    builder.relate(centre, pod);
    if (labels.node) {
      builder.relate(pod, builder.add('node', labels.node, labels.location, buildPageUrl('overview')));
    }
  }
  for (const row of part('user')) {
    const kind = kindOf(row);
    if (kind) {
      builder.relate(centre, object(kind, row.labels.name));
    }
  }
  return builder.graph();
}

/** The two frames that Grafana's node graph reads; nodes that have a page are links to it. */
export function graphFrames({ entities, relations }: Graph): DataFrame[] {
  const text = (name: string, values: string[], config = {}) => ({ name, type: FieldType.string, config, values });
  // Grafana reads both from the fields of the node that is clicked.
  const [title, url] = ['${__data.fields.title}', '${__data.fields.detail__url:raw}'];
  const nodes: DataFrame = {
    name: 'nodes',
    refId: 'nodes',
    length: entities.length,
    meta: { preferredVisualisationType: 'nodeGraph' },
    fields: [
      text(
        'id',
        entities.map(({ id }) => id),
        { links: [{ title, url }] }
      ),
      text(
        'title',
        entities.map(({ name }) => name)
      ),
      text(
        'subtitle',
        entities.map(({ type, note }) => [type, note].filter(Boolean).join(' · '))
      ),
      text(
        'detail__url',
        entities.map(({ href }) => href ?? buildPageUrl('resources')),
        { displayName: 'URL' }
      ),
    ],
  };
  const edges: DataFrame = {
    name: 'edges',
    refId: 'edges',
    length: relations.length,
    meta: { preferredVisualisationType: 'nodeGraph' },
    fields: [
      text(
        'id',
        relations.map(({ from, to }) => `${from} ${to}`)
      ),
      text(
        'source',
        relations.map(({ from }) => from)
      ),
      text(
        'target',
        relations.map(({ to }) => to)
      ),
    ],
  };
  return [nodes, edges];
}
