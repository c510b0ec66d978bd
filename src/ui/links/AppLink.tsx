import React, { type ReactNode } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import { Link } from 'react-router-dom';

interface Props {
  /** Encoded path, from `platform/links`. */
  href: string;
  /** Underlines the link, for links within a sentence. */
  inline?: boolean;
  icon?: IconName;
  title?: string;
  children: ReactNode;
}

/**
 * Link within Grafana. Replaces TextLink, which in Grafana 13 decodes the URL first, so that `%26` in a name or a query
 * ends its parameter.
 */
export function AppLink({ href, inline = false, icon, title, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <Link to={href} title={title} className={cx(styles.link, inline && styles.inline)}>
      {icon && <Icon name={icon} className={styles.icon} />}
      {children}
    </Link>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  inline: css({ textDecoration: 'underline', '&:hover': { textDecoration: 'none' } }),
  icon: css({ marginRight: theme.spacing(0.5) }),
});
