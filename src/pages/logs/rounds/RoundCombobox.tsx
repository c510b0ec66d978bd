import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Field, Text, useStyles2, type ComboboxOption } from '@grafana/ui';
import { t } from '../../../platform/i18n';

/** In units of the theme's grid. */
const WIDTH = 38;

type Props =
  | { note: string; options?: undefined; value?: undefined; onChange?: undefined }
  | {
      note: string | undefined;
      options: (typed: string) => Promise<ComboboxOption[]>;
      value: ComboboxOption | null;
      onChange: (option: ComboboxOption) => void;
    };

/** The field and a note below it. Without options it is disabled, and the note says why. */
export function RoundCombobox({ note, options, value, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.all}>
      <Field label={t('logs.round.label', 'Round')} noMargin>
        <Combobox
          id="logs-round"
          width={WIDTH}
          placeholder={t('logs.round.placeholder', 'Any time')}
          disabled={options === undefined}
          options={options ?? []}
          value={value ?? null}
          onChange={(option) => onChange?.(option)}
        />
      </Field>
      {note !== undefined && (
        <div role="status">
          <Text variant="bodySmall" color="secondary">
            {note}
          </Text>
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ all: css({ maxWidth: theme.spacing(WIDTH) }) });
