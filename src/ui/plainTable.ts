import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/**
 * Returns the class of a table that wraps long values.
 * @param unbroken - selector of the cells that stay on one line
 */
export const plainTable = (theme: GrafanaTheme2, unbroken: string): string =>
  css({
    width: '100%',
    marginTop: theme.spacing(1),
    'th, td': {
      padding: theme.spacing(0.5, 1),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflowWrap: 'anywhere',
    },
    [unbroken]: { whiteSpace: 'nowrap' },
  });
