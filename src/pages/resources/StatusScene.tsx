import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { logsUrl, metricsUrl } from '../../app/links';
import { ConditionBadge } from '../../components/ConditionBadge';
import { Nothing } from '../../components/Nothing';
import { QueryState } from '../../components/QueryState';
import { Since } from '../../components/Since';
import { useLastAnswer } from '../../components/useLastAnswer';
import {
  objectCondition,
  objectInfoOf,
  objectLastTransition,
  objectUpdateTime,
  samplesOf,
  type ObjectRef,
} from '../../query/resources';
import { dataSourceName } from '../../scenes/page';
import { instantRunner } from '../../scenes/queries';
import { rowsOf } from '../../scenes/rows';
import { findKind } from '../../sedna/kinds';

interface StatusState extends SceneObjectState {
  ref: ObjectRef;
}

function runnerFor(ref: ObjectRef) {
  const info = objectInfoOf(ref);
  switch (ref.kind) {
    case 'Dataset':
      return instantRunner({ info, since: objectUpdateTime(ref), samples: samplesOf(ref) });
    case 'Model':
      return instantRunner({ info, since: objectUpdateTime(ref) });
    default:
      return instantRunner({ info, condition: objectCondition(ref), since: objectLastTransition(ref) });
  }
}

/** Newest status of one object, and where to look next. */
export class StatusScene extends SceneObjectBase<StatusState> {
  constructor(state: StatusState) {
    super({ ...state, $data: runnerFor(state.ref) });
  }

  static Component = Status;
}

function Status({ model }: SceneComponentProps<StatusScene>) {
  const { ref } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastAnswer(data);
  const styles = useStyles2(getStyles);
  const info = rowsOf(shown, 'info')[0];
  const condition = rowsOf(shown, 'condition')[0];
  const since = rowsOf(shown, 'since')[0];
  const samples = rowsOf(shown, 'samples')[0];
  const { url, dataset, format, node, output_dir: outputDir } = info?.labels ?? {};
  return (
    <QueryState
      data={data}
      shown={shown}
      source={dataSourceName('prometheus')}
      isEmpty={!info && !condition}
      empty={
        <Nothing title={t('resource.none.title', '{{name}} is not known now', { name: ref.name })}>
          {t(
            'resource.none.text',
            'No {{kind}} of this name is in the namespace {{namespace}}, or its kind is not collected. What it did before may still be seen below.',
            { kind: ref.kind, namespace: ref.namespace }
          )}
        </Nothing>
      }
    >
      <div className={styles.header} data-testid="resource-status">
        <dl className={styles.facts}>
          {findKind(ref.kind)?.staged && (
            <Fact name={t('resource.status', 'Status')}>
              <ConditionBadge stage={condition?.labels.stage} condition={condition?.labels.condition ?? ''} />
            </Fact>
          )}
          <Fact
            name={findKind(ref.kind)?.staged ? t('resource.since', 'Since') : t('resource.reported', 'Last report')}
          >
            <Since seconds={since?.value} />
          </Fact>
          {samples && <Fact name={t('resource.samples-label', 'Samples')}>{samples.value}</Fact>}
          {dataset && <Fact name={t('resource.dataset', 'Dataset')}>{dataset}</Fact>}
          {node && <Fact name={t('resource.node', 'Node')}>{node}</Fact>}
          {format && <Fact name={t('resource.format', 'Format')}>{format}</Fact>}
          {url && <Fact name={t('resource.url', 'URL')}>{url}</Fact>}
          {outputDir && <Fact name={t('resource.output', 'Output')}>{outputDir}</Fact>}
        </dl>
        <Stack direction="row" gap={1}>
          <LinkButton
            icon="document-info"
            variant="secondary"
            href={logsUrl({ namespace: ref.namespace, job: findKind(ref.kind)?.hasWorkers ? ref.name : undefined })}
          >
            {t('resource.logs', 'Logs')}
          </LinkButton>
          <LinkButton
            icon="graph-bar"
            variant="secondary"
            href={metricsUrl({ namespace: ref.namespace, name: ref.name, kind: ref.kind })}
          >
            {t('resource.metrics', 'Metrics')}
          </LinkButton>
        </Stack>
      </div>
    </QueryState>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Text variant="bodySmall" color="secondary">
          {name}
        </Text>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), justifyContent: 'space-between' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: 0,
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
