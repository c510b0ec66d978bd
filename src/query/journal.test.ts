import { deletedObjects, journalEntries } from './journal';

const job = { kind: 'LifelongLearningJob', namespace: 'default', name: 'demo' } as const;

describe('queries of the journal', () => {
  it('select the entries of one object by its fields, without events', () =>
    expect(journalEntries(job)).toBe(
      '{source="sedna-journal", namespace="default"} |= "\\"name\\":\\"demo\\"" |= "\\"kind\\":\\"LifelongLearningJob\\"" != "\\"what\\":\\"event\\""'
    ));

  it('select a cluster if the object has one, and entries that name none', () =>
    expect(journalEntries({ ...job, cluster: 'a' })).toContain('namespace="default", cluster=~"a|"}'));

  it('escape a name as JSON, and then for LogQL', () =>
    expect(journalEntries({ ...job, name: 'a"b\\${x}' })).toContain(
      '|= "\\"name\\":\\"a\\\\\\"b\\\\\\\\\\u0024{x}\\""'
    ));

  it('find deleted objects by words in their name, which are no patterns, and by kind', () => {
    expect(deletedObjects(['a.b', 'c'], 'default', '')).toBe(
      '{source="sedna-journal", namespace="default"} |= "\\"what\\":\\"deleted\\"" |~ "(?i)\\"name\\":\\"[^\\"]*a\\\\.b" |~ "(?i)\\"name\\":\\"[^\\"]*c"'
    );
    expect(deletedObjects(['c'], '', 'Dataset')).toBe(
      '{source="sedna-journal"} |= "\\"what\\":\\"deleted\\"" |= "\\"kind\\":\\"Dataset\\"" |~ "(?i)\\"name\\":\\"[^\\"]*c"'
    );
  });
});
