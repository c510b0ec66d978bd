import React from 'react';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import { Combobox, Field, Icon, Input, Stack } from '@grafana/ui';
import { Nothing } from '../../components/Nothing';
import { QueryState } from '../../components/QueryState';
import { useLastAnswer } from '../../components/useLastAnswer';
import { datasetSamples, lastTransition, newestCondition, objectInfo, updateTime } from '../../query/resources';
import { dataSourceName } from '../../scenes/page';
import { instantRunner } from '../../scenes/queries';
import { oneText, textToUrl } from '../../scenes/urlText';
import { findKind, KINDS, type KindName } from '../../sedna/kinds';
import { ResourceTable } from './ResourceTable';
import { COLLECTED_KINDS, narrow, resourceRows } from './rows';

interface ListState extends SceneObjectState {
  kind: KindName;
  /** Empty for all. */
  namespace: string;
  text: string;
  $data?: SceneQueryRunner;
}

function runnerFor(kind: KindName): SceneQueryRunner | undefined {
  if (!COLLECTED_KINDS.includes(kind)) {
    return undefined;
  }
  const info = objectInfo(kind);
  if (kind === 'Dataset') {
    return instantRunner({ info, samples: datasetSamples(), since: updateTime(kind) });
  }
  if (kind === 'Model') {
    return instantRunner({ info, since: updateTime(kind) });
  }
  return instantRunner({ info, condition: newestCondition(kind), since: lastTransition(kind) });
}

/** All objects of one kind; namespace and name narrow in the browser, without asking again. */
export class ListScene extends SceneObjectBase<ListState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['kind', 'namespace', 'q'] });

  constructor(state: ListState) {
    super({ ...state, $data: runnerFor(state.kind) });
  }

  getUrlState() {
    const { kind, namespace, text } = this.state;
    return { kind, namespace: textToUrl(namespace), q: textToUrl(text) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('kind' in values) {
      this.chooseKind(findKind(oneText(values.kind))?.kind ?? 'LifelongLearningJob');
    }
    if ('namespace' in values) {
      this.setState({ namespace: oneText(values.namespace) });
    }
    if ('q' in values) {
      this.setState({ text: oneText(values.q) });
    }
  }

  chooseKind = (kind: KindName) => {
    if (kind !== this.state.kind) {
      this.setState({ kind, $data: runnerFor(kind) });
    }
  };

  static Component = List;
}

function List({ model }: SceneComponentProps<ListScene>) {
  const { kind, namespace, text } = model.useState();
  return (
    <Stack direction="column" gap={2} width="100%">
      <Stack direction="row" gap={2} wrap="wrap">
        <Field label={t('resources.kind', 'Kind')} noMargin>
          <Combobox
            id="resources-kind"
            width={30}
            options={KINDS.map((each) => ({ value: each.kind }))}
            value={kind}
            onChange={({ value }) => model.chooseKind(value)}
          />
        </Field>
        <NamespaceField key={kind} model={model} namespace={namespace} />
        <Field label={t('resources.name', 'Name')} noMargin>
          <Input
            id="resources-name"
            width={48}
            prefix={<Icon name="search" />}
            value={text}
            placeholder={t('resources.name-placeholder', 'Part of the name')}
            onChange={({ currentTarget }) => model.setState({ text: currentTarget.value })}
          />
        </Field>
      </Stack>
      {COLLECTED_KINDS.includes(kind) ? (
        <Found key={kind} model={model} />
      ) : (
        <Nothing title={t('resources.not-collected.title', '{{kind}} is not collected yet', { kind })}>
          {t(
            'resources.not-collected.text',
            'The collection of this version covers lifelong learning jobs, datasets and models. Logs of its pods can be read on the Logs page.'
          )}
        </Nothing>
      )}
    </Stack>
  );
}

function NamespaceField({ model, namespace }: { model: ListScene; namespace: string }) {
  const { data } = sceneGraph.getData(model).useState();
  const namespaces = new Set(resourceRows(useLastAnswer(data)).map((row) => row.namespace));
  if (namespace !== '') {
    namespaces.add(namespace);
  }
  return (
    <Field label={t('resources.namespace', 'Namespace')} noMargin>
      <Combobox
        id="resources-namespace"
        width={24}
        isClearable
        options={[...namespaces].sort().map((value) => ({ value }))}
        value={namespace === '' ? null : namespace}
        placeholder={t('resources.all-namespaces', 'All')}
        onChange={(option) => model.setState({ namespace: option?.value ?? '' })}
      />
    </Field>
  );
}

function Found({ model }: { model: ListScene }) {
  const { kind, namespace, text } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastAnswer(data);
  const all = resourceRows(shown);
  const rows = narrow(all, namespace, text);
  return (
    <QueryState
      data={data}
      shown={shown}
      source={dataSourceName('prometheus')}
      isEmpty={rows.length === 0}
      empty={
        all.length === 0 ? (
          <Nothing title={t('resources.none.title', 'No {{kind}} here', { kind })}>
            {t(
              'resources.none.text',
              'Prometheus has no series of this kind: none exists in the cluster, or kube-state-metrics does not run with the custom resource configuration.'
            )}
          </Nothing>
        ) : (
          <Nothing title={t('resources.no-match.title', 'No name matches')}>
            {t(
              'resources.no-match.text',
              'There are {{count}} of this kind: shorten the name or choose all namespaces.',
              {
                count: all.length,
              }
            )}
          </Nothing>
        )
      }
    >
      <ResourceTable kind={kind} rows={rows} />
    </QueryState>
  );
}
