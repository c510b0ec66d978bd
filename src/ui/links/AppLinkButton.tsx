import React, { type ReactNode } from 'react';
import { LinkButton, type ButtonVariant, type IconName } from '@grafana/ui';
import { toHref } from '../../platform/links/links';

interface Props {
  /** Encoded path, from `platform/links`. */
  href: string;
  size?: 'sm' | 'md';
  variant?: ButtonVariant;
  fill?: 'solid' | 'outline' | 'text';
  icon?: IconName;
  children: ReactNode;
}

/** Button that links within Grafana. */
export function AppLinkButton({ href, ...props }: Props) {
  const target = toHref(href);
  // The LinkButton of Grafana 13 decodes its href, so that an encoded & or # in a value would end the value.
  return <LinkButton {...props} href={target} ref={(link) => link?.setAttribute('href', target)} />;
}
