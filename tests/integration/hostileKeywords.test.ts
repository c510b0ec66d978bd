import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import { buildPatternCheck, type Keyword } from '../../src/query/logs/logKeywords';
import { logLines } from '../../src/query/logs/logql';
import { equals, escapeRegex } from '../../src/query/escape';
import { stripAnsi } from '../../src/sedna/logs';
import { createTemporaryFolder } from './support/folder';

/** Searches a real Loki for 1,000 generated keywords. Each must find exactly the lines that contain it. */

const KEYWORDS = 1000;
/** Number of concurrent queries. */
const CONCURRENCY = 4;
const SEED = 20261127;

const SPECIAL_TEXTS = [
  ...['"', '\\', '`', '{', '}', '(', ')', '[', ']', '^', '$', '.', '*', '+', '?', '|', '/', "'", '#', '%', '&', '<'],
  ...['\n', '\r', '\t', '\0', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffd', '\u200b', '\u00a0', ' '],
  ...[
    '|=',
    '!=',
    '|~',
    '=~',
    '.*',
    '(?i)',
    '(?s)',
    '\\d+',
    '\\Q',
    '\\E',
    '[5m]',
    ' or ',
    ' | json',
    '{{.x}}',
    '"} |= "',
  ],
  ...[
    '${x}',
    '$__all',
    '[[x]]',
    '__error__',
    'null',
    'NaN',
    '0',
    'é',
    'É',
    'ß',
    'ſ',
    'K',
    'İ',
    'ı',
    '漢',
    '😀',
    '👩‍👧',
    'e\u0301',
  ],
  ...['Traceback', '[ERROR]', 'stage failed!', 'a', 'B', '_', '-'],
];
/** A character of the basic multilingual plane. Beyond it, the Unicode versions of JavaScript and Go differ. */
const anyCharacter = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
const hostileKeyword = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.constantFrom(...SPECIAL_TEXTS), { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
    },
    { weight: 1, arbitrary: fc.string({ unit: anyCharacter, minLength: 1, maxLength: 24 }) }
  )
  // Loki removes color codes before the search, so keywords must not contain any.
  .filter((text) => stripAnsi(text) === text && !text.includes('\x1b') && text.isWellFormed());

const keywords = fc.sample(hostileKeyword, { numRuns: KEYWORDS, seed: SEED });
/** Lines with text around the keyword. Half of them have colors, like those of workers. */
const writtenLines = keywords.map((keyword, index) =>
  index % 2 === 0 ? `\x1b[31m[x] a.py(1) [ERROR]\x1b[0m - <${keyword}>` : `I1123 08:41:26.647075 1 x.go:1] ${keyword}`
);
const visibleLines = writtenLines.map(stripAnsi);
const first = BigInt(Date.now()) * 1_000_000n - 3_600_000_000_000n;

const stack = new ProcessGroup();
let loki: ManagedProcess;

async function query(expr: string, limit = 5000) {
  const params = new URLSearchParams({
    query: expr,
    start: String(first),
    end: String(first + BigInt(KEYWORDS)),
    limit: String(limit),
  });
  const response = await fetch(`${loki.url}/loki/api/v1/query_range`, { method: 'POST', body: params });
  return { status: response.status, text: await response.text() };
}

/** Returns the numbers of the lines that a selection finds. */
async function findLines(found: readonly Keyword[], any = false): Promise<number[]> {
  const expr = logLines({ matchers: [equals('namespace', 'hostile')], keywords: found, any, source: true });
  const { status, text } = await query(expr);
  assert.equal(status, 200, `${JSON.stringify(found)}: ${text}\n${expr}`);
  const { data } = JSON.parse(text) as { data: { result: Array<{ values: Array<[string, string]> }> } };
  const numbers = data.result.flatMap(({ values }) => values.map(([time]) => Number(BigInt(time) - first)));
  return numbers.sort((a, b) => a - b);
}

/** Returns the numbers of the lines that match in JavaScript. */
const filterLines = (fits: (line: string) => boolean): number[] =>
  visibleLines.flatMap((line, number) => (fits(line) ? [number] : []));

/** Runs a check for every n-th keyword, several at a time. */
async function forEachKeyword(check: (keyword: string, number: number) => Promise<void>, step = 1): Promise<void> {
  const rest = [...keywords.entries()].filter(([number]) => number % step === 0);
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let next = rest.pop(); next; next = rest.pop()) {
        await check(next[1], next[0]);
      }
    })
  );
}

before(async () => {
  loki = await stack.add(startLoki({ dir: createTemporaryFolder() }));
  const values = writtenLines.map((line, number) => [String(first + BigInt(number)), line]);
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream: { namespace: 'hostile' }, values }] }),
  });
  assert.equal(response.status, 204, await response.text());
  await waitFor('all lines', async () => (await findLines([])).length === KEYWORDS);
});
after(() => stack.stop());

test('a case-sensitive keyword finds exactly the lines that contain it', async () => {
  await forEachKeyword(async (text, number) => {
    const expected = filterLines((line) => line.includes(text));
    assert.ok(expected.includes(number));
    assert.deepEqual(await findLines([{ text, matchCase: true }]), expected, JSON.stringify(text));
  });
});

/** Converts ASCII letters to lowercase. */
const asciiLower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

test('a keyword finds the lines that contain it in any case', async () => {
  await forEachKeyword(async (text, number) => {
    const found = await findLines([{ text }]);
    assert.ok(found.includes(number), JSON.stringify(text));
    // Case folding differs for characters such as the Kelvin sign. Only those lines may differ.
    const folded = new RegExp(escapeRegex(text), 'iu');
    const required = filterLines((line) => asciiLower(line).includes(asciiLower(text)));
    const allowed = new Set(filterLines((line) => folded.test(line)));
    assert.deepEqual(
      required.filter((one) => !found.includes(one)),
      [],
      `missed by ${JSON.stringify(text)}`
    );
    assert.deepEqual(
      found.filter((one) => !allowed.has(one)),
      [],
      `falsely found by ${JSON.stringify(text)}`
    );
    if (/[^\0-\x7f]/.test(text)) {
      assert.deepEqual(found, [...allowed], JSON.stringify(text));
    }
  });
});

test('an excluded keyword removes exactly the lines that contain it', async () => {
  await forEachKeyword(async (text) => {
    const expected = filterLines((line) => !line.includes(text));
    assert.deepEqual(await findLines([{ text, matchCase: true, exclude: true }]), expected, JSON.stringify(text));
    // Each result has nearly all lines, so check only some keywords.
  }, 5);
});

test('a whole-word keyword finds a word next to any character', async () => {
  const word = /[\p{L}\p{N}_]/u;
  await forEachKeyword(async (text, number) => {
    const isAlone = (line: string) => {
      for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
        const [before] = [...line.slice(0, at)].slice(-1);
        const [after] = line.slice(at + text.length);
        if (!(before && word.test(before)) && !(after && word.test(after))) {
          return true;
        }
      }
      return false;
    };
    const expected = filterLines(isAlone);
    const found = await findLines([{ text, matchCase: true, wholeWord: true }]);
    assert.deepEqual(found, expected, `${JSON.stringify(text)} of line ${number}`);
  });
});

test('two keywords find lines with both, or with any', async () => {
  await forEachKeyword(async (text, number) => {
    const other = keywords[(number + 1) % KEYWORDS];
    const has = (one: string) => (line: string) => line.includes(one);
    const both = [text, other].map((one) => ({ text: one, matchCase: true }));
    const expected = filterLines((line) => has(text)(line) && has(other)(line));
    assert.deepEqual(await findLines(both), expected, JSON.stringify([text, other]));
    const either = filterLines((line) => has(text)(line) || has(other)(line));
    assert.deepEqual(await findLines(both, true), either, JSON.stringify([text, other]));
  }, 4);
});

test('a regular expression finds the lines that match it', async () => {
  await forEachKeyword(async (text, number) => {
    const plain = escapeRegex(text);
    // Syntax that RE2 and JavaScript share.
    const pattern = [`(?:${plain})`, `^.*${plain}.*$`, `(${plain}|no such text)+`, `[<\\] ]${plain}`][number % 4];
    const oracle = new RegExp(pattern.replaceAll(/(?<=\^|\\\S?)\.\*|\.\*(?=\$)/g, '[^\\n]*'), 'u');
    const expected = filterLines((line) => oracle.test(line));
    const found = await findLines([{ text: pattern, matchCase: true, isPattern: true }]);
    assert.deepEqual(found, expected, JSON.stringify(pattern));
  });
});

test('any text as a regular expression either works in Loki, or is rejected with a reason before the search', async (context) => {
  let refused = 0;
  await forEachKeyword(async (text) => {
    const keyword: Keyword = { text, isPattern: true };
    const { status, text: body } = await query(buildPatternCheck(keyword), 1);
    if (status === 200) {
      await findLines([keyword]);
      await findLines([keyword, { ...keyword, exclude: true }]);
      return;
    }
    refused++;
    assert.equal(status, 400, body);
    assert.match(body, /error parsing regexp|invalid/, JSON.stringify(text));
  });
  context.diagnostic(`${refused} of ${KEYWORDS} are no regular expressions`);
  assert.ok(refused > 50 && refused < KEYWORDS - 50);
});
