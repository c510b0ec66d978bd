import React, { useMemo } from 'react';
import { Field, Icon, Input, Stack, Text } from '@grafana/ui';
import { ChoiceField } from '../../../ui/ChoiceField';
import { KINDS, type KindName } from '../../../sedna/kinds';
import { t } from '../../../platform/i18n';

export interface ResourceFiltersProps {
  /** Empty for all kinds. */
  kind: KindName | '';
  /** Empty for all namespaces. */
  namespace: string;
  text: string;
  /** Namespaces that contain objects, in any order. */
  namespaces: readonly string[];
  onKindChange: (kind: KindName | '') => void;
  onNamespaceChange: (namespace: string) => void;
  onTextChange: (text: string) => void;
}

const HINT_ID = 'resources-search-hint';
const KIND_OPTIONS = KINDS.map(({ kind }) => ({ value: kind }));

/** Selects kind, namespace, and search text. */
export function ResourceFilters(props: ResourceFiltersProps) {
  const { kind, namespace, text, namespaces, onKindChange, onNamespaceChange, onTextChange } = props;
  const options = useMemo(() => {
    const all = new Set(namespaces);
    if (namespace !== '') {
      // A namespace from the URL may have no objects now; without an option the field would look empty.
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
          onChange={onKindChange}
        />
        <ChoiceField
          id="resources-namespace"
          label={t('resources.namespace', 'Namespace')}
          width={24}
          placeholder={t('resources.all-namespaces', 'All namespaces')}
          value={namespace}
          options={options}
          onChange={onNamespaceChange}
        />
        <Field label={t('resources.name', 'Name')} noMargin>
          <Input
            id="resources-name"
            width={48}
            prefix={<Icon name="search" />}
            value={text}
            placeholder={t('resources.search-placeholder', 'Part of the name, or is:failing')}
            aria-describedby={HINT_ID}
            onChange={({ currentTarget }) => onTextChange(currentTarget.value)}
            onKeyDown={({ key }) => key === 'Escape' && onTextChange('')}
          />
        </Field>
      </Stack>
      {text === '' && (
        <Text variant="bodySmall" color="secondary">
          <span id={HINT_ID}>
            {t(
              'resources.search-hint',
              'Finds names that contain all words. You can also use "quoted text", kind:dataset, kind:ll, ns:default, stage:eval, is:failing, is:stuck, and is:starred.'
            )}
          </span>
        </Text>
      )}
    </div>
  );
}
