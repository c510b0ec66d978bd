/** Builds the graph of what belongs to an object: datasets, models, pods, nodes, and jobs that use it. */
import { FieldType, type DataFrame } from '@grafana/data';
import { buildLogsUrl, buildPageUrl, buildResourceUrl, type LinkRange } from '../../../platform/links/links';
import { maskText } from '../../../sedna/masking/maskText';
import { SUBQUERY_LABEL } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../sedna/objectRef';
import type { Row } from '../../../data/rows';
import { KIND_NAMES, type KindName } from '../../../sedna/kinds';

export type EntityType = KindName | 'model' | 'pod' | 'node';

export interface Entity {
  id: string;
  type: EntityType;
  name: string;
  /** Role of a model, type of a worker, or location of a node; may be empty. */
  note: string;
  /** Page of the entity; undefined for entities without one, such as model files. */
  href?: string;
}

export interface Relation {
  from: string;
  to: string;
}

export interface RelationGraph {
  entities: Entity[];
  relations: Relation[];
}

/** Labels of info series whose value is the name of a Model object. */
const MODEL_LABEL = /(?:^|_)model$/;

class GraphBuilder {
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

  graph = (): RelationGraph => ({ entities: [...this.entities.values()], relations: [...this.relations.values()] });
}

const getKind = ({ labels }: Row): KindName | undefined => KIND_NAMES.find((kind) => kind === labels.kind);

/**
 * Builds a graph whose first entity is the object itself, also if it has no relations.
 * @param span time range of links
 */
export function buildRelationGraph(ref: ObjectRef, rows: readonly Row[], span?: LinkRange): RelationGraph {
  const { namespace } = ref;
  const builder = new GraphBuilder();
  const addObject = (kind: KindName, name: string, note = '') =>
    builder.add(kind, name, note, buildResourceUrl(kind, namespace, name, undefined, { span }));
  const center = addObject(ref.kind, ref.name);
  const part = (name: string) => rows.filter(({ labels }) => labels[SUBQUERY_LABEL] === name);
  for (const { labels } of part('info')) {
    if (labels.dataset) {
      builder.relate(addObject('Dataset', labels.dataset), center);
    }
    for (const label of Object.keys(labels).filter((each) => MODEL_LABEL.test(each) && labels[each])) {
      builder.relate(addObject('Model', labels[label], label.replaceAll('_', ' ')), center);
    }
    if (ref.kind === 'Dataset' && labels.node) {
      builder.relate(builder.add('node', labels.node), center);
    }
  }
  for (const { labels } of part('dataset')) {
    if (labels.node) {
      builder.relate(builder.add('node', labels.node), addObject('Dataset', labels.name));
    }
  }
  for (const { labels } of part('model')) {
    builder.relate(
      center,
      builder.add('model', maskText(labels.url), [labels.role, labels.model_version].filter(Boolean).join(' '))
    );
  }
  for (const { labels } of part('pod')) {
    const pod = builder.add(
      'pod',
      labels.pod,
      labels.worker_type,
      buildLogsUrl({ namespace, pods: [labels.pod], span })
    );
    builder.relate(center, pod);
    if (labels.node) {
      builder.relate(pod, builder.add('node', labels.node, labels.location, buildPageUrl('overview')));
    }
  }
  for (const row of part('user')) {
    const kind = getKind(row);
    if (kind) {
      builder.relate(center, addObject(kind, row.labels.name));
    }
  }
  return builder.graph();
}

/** Converts a graph to the frames of Grafana's node graph panel; nodes link to their page. */
export function toGraphFrames({ entities, relations }: RelationGraph): DataFrame[] {
  const text = (name: string, values: string[], config = {}) => ({ name, type: FieldType.string, config, values });
  // Grafana fills these in from the fields of the clicked node.
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
