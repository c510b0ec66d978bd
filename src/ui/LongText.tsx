import React from 'react';
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';

/** Text of unknown length in a table cell: breaks anywhere, truncates after 4 lines, and is complete on hover. */
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
    // With `anywhere`, a narrow table would shrink the column to the width of one letter.
    minWidth: '12ch',
  }),
});
