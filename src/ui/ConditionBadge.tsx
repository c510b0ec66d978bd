import React from 'react';
import { Badge } from '@grafana/ui';
import { getConditionColor } from './getConditionColor';
import { t } from '../platform/i18n';

interface Props {
  /** Empty for kinds whose conditions know no stage. */
  stage?: string;
  condition: string;
}

/** Stage and condition as Sedna writes them; they are its words, so they are not translated. */
export function ConditionBadge({ stage, condition }: Props) {
  if (condition === '') {
    return <Badge color="darkgrey" text={t('condition-badge.none', 'No condition yet')} />;
  }
  return <Badge color={getConditionColor(condition)} text={stage ? `${stage} · ${condition}` : condition} />;
}
