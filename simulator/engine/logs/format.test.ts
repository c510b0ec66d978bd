import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAsctime, formatKlogLine, formatSednaLine, formatSqlLine } from './format';

const AT = Date.parse('2026-11-23T18:51:24.067Z');

test('formatSednaLine colors a line like the sedna library', () => {
  // First line in the stderr of a real knowledge base, with another address.
  assert.equal(
    formatSednaLine(AT, 'base.py(79)', 'INFO', 'Start knowledgebase server over http://127.0.0.1:19020/knowledgebase'),
    '\u001b[32m[2026-11-23 18:51:24,067] base.py(79) [INFO]\u001b[0m - Start knowledgebase server over http://127.0.0.1:19020/knowledgebase\u001b[0m'
  );
  assert.ok(formatSednaLine(AT, 'x.py(1)', 'WARNING', 'm').startsWith('\u001b[33m['));
  assert.ok(formatSednaLine(AT, 'x.py(1)', 'ERROR', 'm').startsWith('\u001b[31m['));
});

test('formatKlogLine writes microseconds and no year', () => {
  assert.match(
    formatKlogLine(AT, 'I', 'lifelonglearningjob.go:432', 'text'),
    /^I1123 18:51:24\.067\d{3} {7}1 lifelonglearningjob\.go:432\] text$/
  );
});

test('formatAsctime writes a comma before the milliseconds', () => {
  assert.equal(formatAsctime(AT), '2026-11-23 18:51:24,067');
  assert.equal(formatSqlLine(AT, 'COMMIT'), '2026-11-23 18:51:24,067 INFO sqlalchemy.engine.Engine COMMIT');
});
