import React, { type ReactNode } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import { Link } from 'react-router-dom';

interface Props {
  /** From app/links.ts, encoded. */
  href: string;
  /** Stands in running text, and is underlined there. */
  inline?: boolean;
  icon?: IconName;
  title?: string;
  children: ReactNode;
}

/**
 * A link within Grafana. Not TextLink: that of Grafana 13 decodes an address before it uses it, so that `%26` in a name
 * or a query ends the parameter it stands in.
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
