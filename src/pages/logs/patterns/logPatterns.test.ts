import { patternParams, patternsOf } from './logPatterns';

it('makes one of patterns that differ in colours or in the level that Loki guesses', () =>
  expect(
    patternsOf({
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

it('is empty where there is none', () => expect(patternsOf({})).toEqual([]));

it('asks for steps that fit the range, none finer than Loki has', () => {
  const hour = 3_600_000;
  expect(patternParams('{pod="a"}', hour, 2 * hour)).toEqual({
    query: '{pod="a"}',
    start: '3600000000000',
    end: '7200000000000',
    step: '60s',
  });
  expect(patternParams('', 0, 1000).step).toBe('10s');
});
