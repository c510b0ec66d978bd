import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { Field, Icon, Input, Stack, Text } from '@grafana/ui';
import { ChoiceField } from '../../ui/ChoiceField';
import { KINDS } from '../../sedna/kinds';
import type { ListScene, ListState } from './ListScene';

interface Props extends Pick<ListState, 'kind' | 'namespace' | 'text'> {
  model: ListScene;
  /** Those that objects are in, in any order. */
  namespaces: readonly string[];
}

const HINT_ID = 'resources-search-hint';
const KIND_OPTIONS = KINDS.map(({ kind }) => ({ value: kind }));

/** What narrows the list: kind, namespace, and the search. */
export function ListControls({ model, kind, namespace, text, namespaces }: Props) {
  const options = useMemo(() => {
    const all = new Set(namespaces);
    if (namespace !== '') {
      all.add(namespace);
    }
    return [...all].sort().map((value) => ({ value }));
  }, [namespaces, namespace]);
  return (
    <div>
      <Stack direction="row" gap={2} wrap="wrap">
        <ChoiceField
          id="resources-kind"
          label={t('resources.kind', 'Kind')}
          width={30}
          placeholder={t('resources.all-kinds', 'All kinds')}
          value={kind}
          options={KIND_OPTIONS}
          onChange={(chosen) => model.chooseKind(chosen)}
        />
        <ChoiceField
          id="resources-namespace"
          label={t('resources.namespace', 'Namespace')}
          width={24}
          placeholder={t('resources.all-namespaces', 'All')}
          value={namespace}
          options={options}
          onChange={(chosen) => model.chooseNamespace(chosen)}
        />
        <Field label={t('resources.name', 'Name')} noMargin>
          <Input
            id="resources-name"
            width={48}
            prefix={<Icon name="search" />}
            value={text}
            placeholder={t('resources.search-placeholder', 'Part of the name, or is:failing')}
            aria-describedby={HINT_ID}
            onChange={({ currentTarget }) => model.type(currentTarget.value)}
            onKeyDown={({ key }) => key === 'Escape' && model.type('')}
          />
        </Field>
      </Stack>
      {text === '' && (
        <Text variant="bodySmall" color="secondary">
          <span id={HINT_ID}>
            {t(
              'resources.search-hint',
              'Several words must all be in the name. Also: "quoted text", kind:dataset, kind:ll, ns:default, stage:eval, is:failing, is:stuck, is:starred.'
            )}
          </span>
        </Text>
      )}
    </div>
  );
}
