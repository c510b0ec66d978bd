import React, { type ReactNode } from 'react';
import { Alert, Text } from '@grafana/ui';
import type { ActionResult } from './actionResult';
import { t } from '../../../../platform/i18n';

interface Props {
  result: ActionResult;
  /** What the user can do next. */
  children?: ReactNode;
}

/** Says that an action succeeded, and why it has no annotation if that failed. */
export function ActionResultAlert({ result: { text, annotationError }, children }: Props) {
  return (
    <Alert severity="success" title={text}>
      {annotationError !== undefined && (
        <Text element="p">
          {t('object.not-annotated', "Couldn't add an annotation in Grafana: {{error}}", {
            error: annotationError,
          })}
        </Text>
      )}
      {children}
    </Alert>
  );
}
