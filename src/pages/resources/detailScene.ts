import { t } from '@grafana/i18n';
import { EmbeddedScene, SceneFlexItem, SceneFlexLayout } from '@grafana/scenes';
import { pageScene } from '../../scenes/page';
import type { Kind } from '../../sedna/kinds';
import { objectCondition, samplesOf, type ObjectRef } from '../../query/resources';
import { rangeRunner } from '../../scenes/queries';
import { RememberOpened } from '../../scenes/RememberOpened';
import { seriesPanel, stageTimelinePanel } from '../../scenes/panels';
import { StatusScene } from './StatusScene';
import { UnknownKindScene } from './UnknownKindScene';
import { WorkersScene } from './WorkersScene';

interface Address {
  kindName: string;
  namespace: string;
  name: string;
}

/** One object: newest status, state over time, worker pods. What comes from the URL may be no kind of Sedna's. */
export function detailScene(kind: Kind | undefined, { kindName, namespace, name }: Address): EmbeddedScene {
  if (!kind) {
    return new EmbeddedScene({ body: new UnknownKindScene({ kindName }) });
  }
  const ref: ObjectRef = { kind: kind.kind, namespace, name };
  return pageScene({
    needs: 'prometheus',
    from: 'now-3h',
    controls: () => [new RememberOpened({ ref })],
    body: () =>
      new SceneFlexLayout({
        direction: 'column',
        children: [
          new SceneFlexItem({ ySizing: 'content', body: new StatusScene({ ref }) }),
          ...history(kind, ref),
          ...(kind.hasWorkers ? [new SceneFlexItem({ ySizing: 'content', body: new WorkersScene({ ref }) })] : []),
        ],
      }),
  });
}

function history(kind: Kind, ref: ObjectRef): SceneFlexItem[] {
  if (kind.kind === 'Dataset') {
    return [
      new SceneFlexItem({
        height: 260,
        body: seriesPanel({
          title: t('resource.samples.title', 'Samples over time'),
          unit: 'locale',
          $data: rangeRunner({ samples: samplesOf(ref) }),
        }),
      }),
    ];
  }
  if (!kind.staged) {
    return [];
  }
  return [
    new SceneFlexItem({
      height: 190,
      body: stageTimelinePanel({
        title: t('resource.timeline.title', 'State over time'),
        $data: rangeRunner({ condition: objectCondition(ref) }),
      }),
    }),
  ];
}
