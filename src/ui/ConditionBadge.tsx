import React from 'react';
import { Badge } from '@grafana/ui';
import { getConditionColor } from './format/getConditionColor';
import { t } from '../platform/i18n';

interface Props {
  /** Empty for kinds without stages. */
  stage?: string;
  condition: string;
}

/** Shows stage and condition, untranslated because they are values of Sedna's API. */
export function ConditionBadge({ stage, condition }: Props) {
  if (condition === '') {
    return <Badge color="darkgrey" text={t('condition-badge.none', 'No condition yet')} />;
  }
  return <Badge color={getConditionColor(condition)} text={stage ? `${stage} · ${condition}` : condition} />;
}
