import { parseConditionData, parseRecordedRound } from '.';

describe('data of a condition', () => {
  it('is read with its models, whether one or several are named', () => {
    expect(
      parseConditionData('{"output":{"model":{"url":"a"},"models":[{"url":"a"},{"url":"b","format":"pkl"}]}}')
    ).toEqual({
      state: 'parsed',
      input: undefined,
      output: {
        models: [
          { url: 'a', format: undefined, metrics: {} },
          { url: 'b', format: 'pkl', metrics: {} },
        ],
      },
    });
  });

  it('keeps metrics that are numbers or texts', () =>
    expect(
      parseConditionData('{"output":{"models":[{"url":"a","metrics":{"f1":0.5,"note":"n/a","none":null}}]}}')
    ).toMatchObject({ output: { models: [{ metrics: { f1: 0.5, note: 'n/a' } }] } }));

  it('names the elements of a list, and takes NaN and Infinity as text', () =>
    expect(
      parseConditionData(
        '{"output":{"models":[{"url":"a \\"NaN\\"","metrics":{"f1":[1,0.5],"loss":NaN,"max":-Infinity}}]}}'
      )
    ).toMatchObject({
      output: {
        models: [{ url: 'a "NaN"', metrics: { 'f1[0]': 1, 'f1[1]': 0.5, loss: 'NaN', max: '-Infinity' } }],
      },
    }));

  it.each([
    ['', 'absent'],
    [' ', 'absent'],
    ['null', 'absent'],
    [undefined, 'absent'],
    [null, 'absent'],
    ['{"input":{"dataURL":"/o', 'malformed'],
    ['[1]', 'malformed'],
    ['"text"', 'malformed'],
    [{ input: {} }, 'malformed'],
    ['{}', 'parsed'],
    ['{"input":7,"output":"x"}', 'parsed'],
    ['{"output":{"models":{"url":"a"}}}', 'parsed'],
  ])('%j is %s', (data, state) => expect(parseConditionData(data).state).toBe(state));

  it.each([
    [{ outputDir: '/output/train/12' }, 12],
    [{ outputDir: 's3://bucket/robo/train/3/' }, 3],
    [{ outputDir: '/output', dataUrl: '/output/data/train/4/data.csv' }, 4],
    [{ outputDir: '/output/train/1x' }, undefined],
    [{}, undefined],
  ])('of %j names round %s', (given, expected) => expect(parseRecordedRound({ models: [], ...given })).toBe(expected));
});
