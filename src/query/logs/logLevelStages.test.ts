import { LEVEL_STAGES } from './logql';

/** Template of the stage, with the names of Go's text/template. */
const template = JSON.parse(/label_format detected_level=("(?:\\.|[^"])*")/.exec(LEVEL_STAGES)![1]) as string;

describe('LEVEL_STAGES', () => {
  it("keeps Loki's level where no format of Sedna matches", () => {
    const [, fallback] = template.split(/error\{\{else\}\}(?=\{\{with)/);
    expect(fallback).toMatch(/^\{\{with or \.detected_level \.level\}\}/);
    for (const [loki, level] of [
      ['warn', 'warning'],
      ['critical', 'error'],
      ['fatal', 'error'],
      ['trace', 'debug'],
      ['info', 'info'],
    ]) {
      const branch = new RegExp(`eq \\(lower \\.\\)[^}]*"${loki}"[^}]*\\}\\}(\\w+)`).exec(fallback);
      expect(branch?.[1]).toBe(level);
    }
  });
});
