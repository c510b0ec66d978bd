import React from 'react';
import { t } from '@grafana/i18n';
import { Field, Input } from '@grafana/ui';

interface Props {
  name: string;
  typed: string;
  onType: (typed: string) => void;
}

/** Asks for the name of what is about to go. */
export function ConfirmName({ name, typed, onType }: Props) {
  return (
    <Field
      label={t('object.confirm', 'Type the name to confirm: {{name}}', { name })}
      htmlFor="object-confirm"
      noMargin
    >
      <Input
        id="object-confirm"
        value={typed}
        autoComplete="off"
        onChange={({ currentTarget }) => onType(currentTarget.value)}
      />
    </Field>
  );
}
