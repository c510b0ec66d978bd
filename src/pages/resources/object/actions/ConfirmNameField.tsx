import React from 'react';
import { Field, Input } from '@grafana/ui';
import { t } from '../../../../platform/i18n';

interface Props {
  name: string;
  typed: string;
  onType: (typed: string) => void;
}

/** Makes the user type the name of the object that an action deletes. */
export function ConfirmNameField({ name, typed, onType }: Props) {
  return (
    <Field
      label={t('object.confirm', 'Type the name to confirm: {{name}}', {
        name,
      })}
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
