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
export const AppLinkButton = ({ href, ...props }: Props) => <LinkButton {...props} href={toHref(href)} />;
