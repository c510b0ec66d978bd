import React from 'react';
import { useTheme2 } from '@grafana/ui';
import { STAGES } from '../sedna/kinds';
import { t } from '../platform/i18n';

interface Props {
  /** Stage of the newest condition; anything else lights nothing. */
  stage: string;
  condition: string;
  /** Whether a stage went wrong: it is drawn in the colour of errors. */
  isFailed?: boolean;
}

const WIDTH = 96;
const GAP = 44;
const HEIGHT = 36;
const LEFT = 4;
const getLeftOffset = (place: number) => LEFT + place * (WIDTH + GAP);
const MIDDLE = 4 + HEIGHT / 2;
const TOTAL = getLeftOffset(STAGES.length) - GAP + LEFT;

/** Train, Eval and Deploy and the way back to Train, with the stage that the job is in lit. */
export function StageDiagram({ stage, condition, isFailed = false }: Props) {
  const { colors, shape, typography } = useTheme2();
  const lit = isFailed ? colors.error : colors.primary;
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
      {STAGES.map((name, place) => {
        const isLit = name === stage;
        return (
          <g key={name} data-lit={isLit}>
            <rect
              x={getLeftOffset(place)}
              y={4}
              width={WIDTH}
              height={HEIGHT}
              rx={parseInt(shape.radius.default, 10)}
              fill={isLit ? lit.main : colors.background.secondary}
              stroke={isLit ? lit.border : colors.border.medium}
            />
            <text
              x={getLeftOffset(place) + WIDTH / 2}
              y={MIDDLE}
              textAnchor="middle"
              dominantBaseline="central"
              fontFamily={typography.fontFamily}
              fontSize={14}
              fontWeight={isLit ? typography.fontWeightBold : typography.fontWeightRegular}
              fill={isLit ? lit.contrastText : colors.text.secondary}
            >
              {name}
            </text>
            {place > 0 && (
              <path
                d={`M${getLeftOffset(place) - GAP + 2},${MIDDLE} L${getLeftOffset(place) - 3},${MIDDLE}`}
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
