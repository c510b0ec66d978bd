import React from 'react';
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';

/** Text of unknown length in a cell: it is broken anywhere, cut after some lines, and whole on hover. */
export function LongText({ text }: { text: string }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.text} title={text}>
      {text}
    </span>
  );
}

const getStyles = () => ({
  text: css({
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 4,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    // Else a table gives it no more room than one letter has, where there is little.
    minWidth: '12ch',
  }),
});
