import React, { useState } from 'react';
import { dateTime, type DateTime } from '@grafana/data';
import { Button, DateTimePicker, Modal, Stack, Text } from '@grafana/ui';
import type { PageTimeRange, RangeEnd } from '../pageTimeRange';
import { t } from '../../../platform/i18n';

interface Props {
  timeRange: PageTimeRange;
  onSetTimeRange: (from: RangeEnd, to: RangeEnd) => void;
  onClose: () => void;
}

/** Centers the time range on a time and keeps its length. */
export function JumpToTimeModal({ timeRange, onSetTimeRange, onClose }: Props) {
  // The range of when the dialog opened: a refresh must not move the picked time.
  const [{ from, to }] = useState(timeRange.value);
  const length = to.valueOf() - from.valueOf();
  const [center, setCenter] = useState<DateTime>(() => dateTime(from.valueOf() + length / 2));
  const jump = () => {
    onSetTimeRange(center.valueOf() - length / 2, center.valueOf() + length / 2);
    onClose();
  };
  return (
    <Modal isOpen title={t('logs.jump.title', 'Jump to time')} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Text element="p" color="secondary">
          {t(
            'logs.jump.description',
            'The time range keeps its length and is centered on this time. To move it by half its length, use the arrows of the time picker.'
          )}
        </Text>
        <DateTimePicker
          label={t('logs.jump.time', 'Date and time')}
          timeZone={timeRange.timeZone}
          date={center}
          onChange={(chosen) => chosen?.isValid() && setCenter(chosen)}
        />
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('logs.jump.cancel', 'Cancel')}
        </Button>
        <Button onClick={jump}>{t('logs.jump.show', 'Show lines')}</Button>
      </Modal.ButtonRow>
    </Modal>
  );
}
