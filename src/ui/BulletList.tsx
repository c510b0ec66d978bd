import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** Bulleted list; Grafana's global styles remove bullets and indentation. */
export function BulletList({ children }: { children: ReactNode }) {
  return <ul className={useStyles2(getStyles)}>{children}</ul>;
}

const getStyles = (theme: GrafanaTheme2) => css({ paddingLeft: theme.spacing(3), overflowWrap: 'anywhere' });
