import React from 'react';
import { useTheme2 } from '@grafana/ui';
import type { LogPattern } from './logPatterns';

const [WIDTH, HEIGHT] = [120, 24];

interface Props {
  samples: LogPattern['samples'];
  /** What they are drawn within (Unix, s). */
  from: number;
  to: number;
}

/** Counts over time, small enough for a row of a table; the row says the sum in figures. */
export function Bars({ samples, from, to }: Props) {
  const { colors } = useTheme2();
  const most = Math.max(...samples.map(([, count]) => count));
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {samples.map(([time, count]) => {
        const height = Math.max(1, (count / most) * HEIGHT);
        const x = ((time - from) / (to - from)) * (WIDTH - 2);
        return <rect key={time} x={x} y={HEIGHT - height} width={2} height={height} fill={colors.primary.main} />;
      })}
    </svg>
  );
}
