import React from 'react';
import { RadioButtonGroup } from '@grafana/ui';
import { VIEWS, type View } from '../selection';
import { t } from '../../../platform/i18n';

const formatView = (view: View): string =>
  ({
    lines: t('logs.view.lines', 'Lines'),
    scores: t('logs.view.scores', 'Task scores'),
    patterns: t('logs.view.patterns', 'Patterns'),
  })[view];

export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <RadioButtonGroup
      size="sm"
      aria-label={t('logs.view.label', 'View')}
      options={VIEWS.map((value) => ({ value, label: formatView(value) }))}
      value={view}
      onChange={onChange}
    />
  );
}
