import { buildPatternParams, toPatterns } from './logPatterns';

it('merges patterns that differ only in color or level', () =>
  expect(
    toPatterns({
      data: [
        { pattern: 'rare <_>', samples: [[20, 1]] },
        {
          pattern: '\u001b[32mstart\u001b[0m <_>',
          samples: [
            [20, 3],
            [10, 1],
          ],
        },
        { pattern: 'start <_>[0m', samples: [[20, 2]] },
      ],
    })
  ).toEqual([
    {
      text: 'start <_>',
      count: 6,
      samples: [
        [10, 1],
        [20, 5],
      ],
    },
    { text: 'rare <_>', count: 1, samples: [[20, 1]] },
  ]));

it('returns an empty list for a response without data', () => expect(toPatterns({})).toEqual([]));

it('scales the step with the time range, down to the resolution of Loki', () => {
  const hour = 3_600_000;
  expect(buildPatternParams('{pod="a"}', hour, 2 * hour)).toEqual({
    query: '{pod="a"}',
    start: '3600000000000',
    end: '7200000000000',
    step: '60s',
  });
  expect(buildPatternParams('', 0, 1000).step).toBe('10s');
});
