import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** A list whose marks stay within the page. */
export function BulletList({ children }: { children: ReactNode }) {
  return <ul className={useStyles2(getStyles)}>{children}</ul>;
}

const getStyles = (theme: GrafanaTheme2) => css({ paddingLeft: theme.spacing(3), overflowWrap: 'anywhere' });
