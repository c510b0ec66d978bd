import React, { useState } from 'react';
import { Trans } from '@grafana/i18n';
import { Button, Modal, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../../ui/CopyBlock';
import { CUSTOM_METRIC_PYTHON, CUSTOM_METRIC_SQL } from '../../../sedna/learning/customMetricExamples';
import { t } from '../../../platform/i18n';

/** Explains how a job records a metric of its own. */
export function CustomMetricGuide() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" fill="text" icon="question-circle" onClick={() => setOpen(true)}>
        {t('metrics.guide.title', 'Add a custom metric')}
      </Button>
      {isOpen && (
        <Modal
          isOpen
          title={t('metrics.guide.title', 'Add a custom metric')}
          onDismiss={() => setOpen(false)}
          closeOnBackdropClick
        >
          <Stack direction="column" gap={2}>
            <Text element="p">
              <Trans i18nKey="metrics.guide.about">
                A job writes the metric to two tables of the knowledge base, and the exporter reads them at each scrape.
                After about a minute, the metric is available here. Its name starts with sedna_custom_, its labels are
                kept, and its note is the description. You don&apos;t need to configure anything.
              </Trans>
            </Text>
            <CopyBlock text={CUSTOM_METRIC_SQL} label={t('metrics.guide.sql', 'SQL')} />
            <Text element="p">
              <Trans i18nKey="metrics.guide.python">
                In Python, from a pod that mounts the knowledge base directory at /db. By default, the directory is
                /opt/kb-data on the node of the knowledge base. The knowledge base API can&apos;t write to these tables.
              </Trans>
            </Text>
            <CopyBlock text={CUSTOM_METRIC_PYTHON} label={t('metrics.guide.python-label', 'Python')} />
            <Text element="p" color="secondary">
              <Trans i18nKey="metrics.guide.rules">
                A value stays until you write another one with the same labels; the newest last_time wins. With the
                labels namespace and name, the metric also appears on the page of its job. Names keep letters, digits,
                and _; other characters become _. Rows that can&apos;t be exported are counted in
                sedna_exporter_errors_total and named in the exporter log.
              </Trans>
            </Text>
          </Stack>
        </Modal>
      )}
    </>
  );
}
