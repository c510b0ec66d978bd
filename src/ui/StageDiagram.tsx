import React from 'react';
import { useTheme2 } from '@grafana/ui';
import { STAGES } from '../sedna/kinds';
import { t } from '../platform/i18n';

interface Props {
  /** Stage of the current condition; another value highlights nothing. */
  stage: string;
  condition: string;
  /** Highlights the stage in the error color. */
  isFailed?: boolean;
}

const WIDTH = 96;
const GAP = 44;
const HEIGHT = 36;
const LEFT = 4;
const getLeftOffset = (index: number) => LEFT + index * (WIDTH + GAP);
const MIDDLE = 4 + HEIGHT / 2;
const TOTAL = getLeftOffset(STAGES.length) - GAP + LEFT;

/** Draws the cycle of Train, Eval, and Deploy, and highlights the current stage. */
export function StageDiagram({ stage, condition, isFailed = false }: Props) {
  const { colors, shape, typography } = useTheme2();
  const highlight = isFailed ? colors.error : colors.primary;
  const line = { stroke: colors.text.secondary, strokeWidth: 1.5, fill: 'none', markerEnd: 'url(#stage-arrow)' };
  const [first, last] = [getLeftOffset(0) + WIDTH / 2, getLeftOffset(STAGES.length - 1) + WIDTH / 2];
  const bottom = 4 + HEIGHT;
  return (
    <svg
      role="img"
      aria-label={
        stage === ''
          ? t('stage-picture.none', 'Train, Eval, Deploy: no stage started yet')
          : t('stage-picture.current', 'Train, Eval, Deploy: {{stage}} is {{condition}}', {
              stage,
              condition,
            })
      }
      width={TOTAL}
      height={66}
      viewBox={`0 0 ${TOTAL} 66`}
      style={{ maxWidth: '100%' }}
    >
      <defs>
        <marker id="stage-arrow" markerWidth="7" markerHeight="7" refX="6" refY="3.5" orient="auto">
          <path d="M0,0 L7,3.5 L0,7 z" fill={colors.text.secondary} />
        </marker>
      </defs>
      {STAGES.map((name, index) => {
        const isCurrent = name === stage;
        return (
          <g key={name} data-lit={isCurrent}>
            <rect
              x={getLeftOffset(index)}
              y={4}
              width={WIDTH}
              height={HEIGHT}
              rx={parseInt(shape.radius.default, 10)}
              fill={isCurrent ? highlight.main : colors.background.secondary}
              stroke={isCurrent ? highlight.border : colors.border.medium}
            />
            <text
              x={getLeftOffset(index) + WIDTH / 2}
              y={MIDDLE}
              textAnchor="middle"
              dominantBaseline="central"
              fontFamily={typography.fontFamily}
              fontSize={14}
              fontWeight={isCurrent ? typography.fontWeightBold : typography.fontWeightRegular}
              fill={isCurrent ? highlight.contrastText : colors.text.secondary}
            >
              {name}
            </text>
            {index > 0 && (
              <path
                d={`M${getLeftOffset(index) - GAP + 2},${MIDDLE} L${getLeftOffset(index) - 3},${MIDDLE}`}
                {...line}
              />
            )}
          </g>
        );
      })}
      <path d={`M${last},${bottom + 1} V${bottom + 16} H${first} V${bottom + 3}`} {...line} />
    </svg>
  );
}
