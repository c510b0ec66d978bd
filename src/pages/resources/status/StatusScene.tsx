import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { Nothing } from '../../../components/Nothing';
import { QueryState } from '../../../components/QueryState';
import { tolerate } from '../../../components/tolerate';
import { useLastAnswer } from '../../../components/useLastAnswer';
import { objectNumbers, objectSeen, silentReportersOf } from '../../../query/resourceDetail';
import { objectCondition, objectLastTransition, objectUpdateTime, type ObjectRef } from '../../../query/resources';
import { useLinkRange } from '../../../scenes/linkRange';
import { objectStaleness } from '../../../scenes/objectStaleness';
import { dataSourceName } from '../../../scenes/page';
import { instantRunner } from '../../../scenes/queries';
import { rowsOf } from '../../../scenes/rows';
import { findKind } from '../../../sedna/kinds';
import { HistoryScene, hasHistory } from './HistoryScene';
import { StatusFacts } from './StatusFacts';

interface StatusState extends SceneObjectState {
  ref: ObjectRef;
  /** Shown within a page of another app, whose time range is none of ours. */
  isShort: boolean;
  history?: HistoryScene;
}

function newestRunner(ref: ObjectRef) {
  const kind = findKind(ref.kind)!;
  const hasConditions = kind.conditionTypes.length > 0;
  const silent = silentReportersOf(ref);
  const numbers = objectNumbers(ref);
  return instantRunner({
    info: objectSeen(ref),
    ...(hasConditions && { condition: objectCondition(ref) }),
    since: hasConditions ? objectLastTransition(ref) : objectUpdateTime(ref),
    ...(numbers && { numbers }),
    ...(silent && { silent }),
  });
}

/** Newest status of one object, and its history: seven queries at most. */
export class StatusScene extends SceneObjectBase<StatusState> {
  constructor({ ref, isShort = false }: { ref: ObjectRef; isShort?: boolean }) {
    const history = !isShort && hasHistory(ref) ? new HistoryScene({ ref }) : undefined;
    super({ ref, isShort, history, $data: newestRunner(ref) });
  }

  static Component = Status;
}

function Status({ model }: SceneComponentProps<StatusScene>) {
  const { ref, isShort, history } = model.useState();
  const range = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  const answer = useMemo(() => tolerate(data, 'info'), [data]);
  const shown = useLastAnswer(answer);
  const isKnown = rowsOf(shown, 'info').length > 0 || rowsOf(shown, 'condition').length > 0;
  return (
    <Stack direction="column" gap={2} width="100%">
      <QueryState
        data={answer}
        shown={shown}
        source={dataSourceName('prometheus')}
        isEmpty={!isKnown}
        empty={
          <Nothing
            title={t('resource.none.title', '{{name}} is not known now', {
              name: ref.name,
              interpolation: { escapeValue: false },
            })}
          >
            {t(
              'resource.none.text',
              'No {{kind}} of this name is in the namespace {{namespace}}, or its kind is not collected. What it did before may still be seen below.',
              { kind: ref.kind, namespace: ref.namespace, interpolation: { escapeValue: false } }
            )}
          </Nothing>
        }
      >
        <StatusFacts
          objectRef={ref}
          data={shown}
          missing={shown?.missing ?? {}}
          range={isShort ? undefined : range}
          staleness={objectStaleness(shown, rowsOf(shown, 'info')[0], rowsOf(shown, 'silent')[0])}
        />
      </QueryState>
      {history && <history.Component model={history} />}
    </Stack>
  );
}
