import React from 'react';
import { useTheme2 } from '@grafana/ui';
import type { LogPattern } from './logPatterns';

const [WIDTH, HEIGHT] = [120, 24];

interface Props {
  samples: LogPattern['samples'];
  /** Time range that the width stands for (Unix, s). */
  from: number;
  to: number;
}

/** Counts over time as bars in a table row. Hidden from screen readers: the row has the total as a number. */
export function PatternHistogram({ samples, from, to }: Props) {
  const { colors } = useTheme2();
  const max = Math.max(...samples.map(([, count]) => count));
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {samples.map(([time, count]) => {
        const height = Math.max(1, (count / max) * HEIGHT);
        const x = ((time - from) / (to - from)) * (WIDTH - 2);
        return <rect key={time} x={x} y={HEIGHT - height} width={2} height={height} fill={colors.primary.main} />;
      })}
    </svg>
  );
}
