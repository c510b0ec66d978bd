import React, { useState } from 'react';
import { dateTime, type DateTime, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, DateTimePicker, Modal, Stack, Text } from '@grafana/ui';
import { buildCurrentUrl } from '../../platform/links/buildCurrentUrl';
import { LinkModal } from './LinkModal';
import type { LogsScene } from './LogsScene';
import { setPageRange } from './pageRange';

/** A link to the page as it is, over the same time whenever it is opened. */
const pageLink = ({ from, to }: TimeRange): string =>
  buildCurrentUrl({ from: from.valueOf(), to: to.valueOf() }).toString();

/** What the toolbar has beside what it needs at once: the link to this page, and the way to a moment. */
export function PageTools({ model }: { model: LogsScene }) {
  const { refusedLink } = model.useState();
  const [jumping, setJumping] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon="clock-nine"
        aria-label={t('logs.jump.button', 'Jump to time')}
        tooltip={t('logs.jump.button', 'Jump to time')}
        onClick={() => setJumping(true)}
      />
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon="share-alt"
        aria-label={t('logs.link.button', 'Copy link')}
        tooltip={t('logs.link.about', 'Copy a link to this page, with the time range as it is now')}
        onClick={() => model.copyLink(pageLink(sceneGraph.getTimeRange(model).state.value))}
      />
      {refusedLink !== undefined && (
        <LinkModal link={refusedLink} onClose={() => model.setState({ refusedLink: undefined })} />
      )}
      {jumping && <JumpModal model={model} onClose={() => setJumping(false)} />}
    </>
  );
}

/** Moves the time range, as long as it is, so that a moment stands in its middle. */
function JumpModal({ model, onClose }: { model: LogsScene; onClose: () => void }) {
  const time = sceneGraph.getTimeRange(model);
  const [{ from, to }] = useState(time.state.value);
  const length = to.valueOf() - from.valueOf();
  const [moment, setMoment] = useState<DateTime>(() => dateTime(from.valueOf() + length / 2));
  const jump = () => {
    setPageRange(model, moment.valueOf() - length / 2, moment.valueOf() + length / 2);
    onClose();
  };
  return (
    <Modal isOpen title={t('logs.jump.title', 'Jump to time')} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Text element="p" color="secondary">
          {t(
            'logs.jump.about',
            'The time range keeps its length, with this moment in its middle. The arrows of the time picker move it on by half of it.'
          )}
        </Text>
        <DateTimePicker
          label={t('logs.jump.moment', 'Date and time')}
          timeZone={time.getTimeZone()}
          date={moment}
          onChange={(chosen) => chosen?.isValid() && setMoment(chosen)}
        />
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('logs.jump.cancel', 'Cancel')}
        </Button>
        <Button onClick={jump}>{t('logs.jump.show', 'Show the lines around it')}</Button>
      </Modal.ButtonRow>
    </Modal>
  );
}
