import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { allowPartialData } from '../../../data/requests/allowPartialData';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { objectNumbers, objectSeen, offlineReportersOfObject } from '../../../query/resourceDetail';
import { objectCondition, objectLastTransition, objectUpdateTime, type ObjectRef } from '../../../query/resources';
import { useLinkRange } from '../../../platform/links/linkRange';
import { getObjectStaleness } from '../../../data/objectStaleness';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
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
  const silent = offlineReportersOfObject(ref);
  const numbers = objectNumbers(ref);
  return createInstantRunner({
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
  const answer = useMemo(() => allowPartialData(data, 'info'), [data]);
  const shown = useLastGoodData(answer);
  const isKnown = toRows(shown, 'info').length > 0 || toRows(shown, 'condition').length > 0;
  return (
    <Stack direction="column" gap={2} width="100%">
      <QueryState
        data={answer}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={!isKnown}
        empty={
          <EmptyState
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
          </EmptyState>
        }
      >
        <StatusFacts
          objectRef={ref}
          data={shown}
          missing={shown?.optionalErrors ?? {}}
          range={isShort ? undefined : range}
          staleness={getObjectStaleness(shown, toRows(shown, 'info')[0], toRows(shown, 'silent')[0])}
        />
      </QueryState>
      {history && <history.Component model={history} />}
    </Stack>
  );
}
