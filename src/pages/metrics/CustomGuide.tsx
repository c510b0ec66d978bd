import React, { useState } from 'react';
import { Trans, t } from '@grafana/i18n';
import { Button, Modal, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../ui/CopyBlock';
import { CUSTOM_METRIC_PYTHON, CUSTOM_METRIC_SQL } from '../../sedna/learning/customMetricExamples';

/** How a job records a number of its own. */
export function CustomGuide() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" fill="text" icon="question-circle" onClick={() => setOpen(true)}>
        {t('metrics.guide.button', 'Record your own metric')}
      </Button>
      {isOpen && (
        <Modal
          isOpen
          title={t('metrics.guide.title', 'Record your own metric')}
          onDismiss={() => setOpen(false)}
          closeOnBackdropClick
        >
          <Stack direction="column" gap={2}>
            <Text element="p">
              <Trans i18nKey="metrics.guide.about">
                A job writes it into two tables of the knowledge base. The exporter reads them with each scrape: the
                metric is here a minute later as sedna_custom_ and its name, with its labels and its note as help. There
                is nothing to configure.
              </Trans>
            </Text>
            <CopyBlock text={CUSTOM_METRIC_SQL} label={t('metrics.guide.sql', 'SQL')} />
            <Text element="p">
              <Trans i18nKey="metrics.guide.python">
                From Python, in a pod that mounts the folder of the knowledge base (where Sedna installs it,
                /opt/kb-data of its node at /db); its API cannot write these tables:
              </Trans>
            </Text>
            <CopyBlock text={CUSTOM_METRIC_PYTHON} label={t('metrics.guide.python-label', 'Python')} />
            <Text element="p" color="secondary">
              <Trans i18nKey="metrics.guide.rules">
                A value stays until another one with the same labels is written; the newest last_time counts. With the
                labels namespace and name the metric is found at its job. Letters, digits and _ stay in names; anything
                else becomes _. What does not fit is counted by sedna_exporter_errors_total and named in the log of the
                exporter.
              </Trans>
            </Text>
          </Stack>
        </Modal>
      )}
    </>
  );
}
