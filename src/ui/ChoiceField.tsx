import React from 'react';
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';

interface Props<Value extends string> {
  id: string;
  label: string;
  /** Width in units of 8 px. */
  width: number;
  placeholder: string;
  /** Empty if nothing is selected. */
  value: Value | '';
  options: Array<ComboboxOption<Value>> | ((typed: string) => Promise<Array<ComboboxOption<Value>>>);
  onChange: (value: Value | '') => void;
}

/** Labeled combobox for one option or none. */
export const ChoiceField = <Value extends string>({
  id,
  label,
  width,
  placeholder,
  value,
  options,
  onChange,
}: Props<Value>) => (
  <Field label={label} noMargin>
    <Combobox
      id={id}
      width={width}
      isClearable
      placeholder={placeholder}
      value={value === '' ? null : value}
      options={options}
      onChange={(option: ComboboxOption<Value> | null) => onChange(option?.value ?? '')}
    />
  </Field>
);
