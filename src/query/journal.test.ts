import { deletedObjects, journalEntries } from './journal';

const job = { kind: 'LifelongLearningJob', namespace: 'default', name: 'demo' } as const;

describe('queries of the journal', () => {
  it('select the entries of one object by its fields, without events', () =>
    expect(journalEntries(job)).toBe(
      '{source="sedna-journal", namespace="default"} |= "\\"name\\":\\"demo\\"" |= "\\"kind\\":\\"LifelongLearningJob\\"" != "\\"what\\":\\"event\\""'
    ));

  it('select a cluster if the object has one', () =>
    expect(journalEntries({ ...job, cluster: 'a' })).toContain('namespace="default", cluster="a"}'));

  it('escape a name as JSON, and then for LogQL', () =>
    expect(journalEntries({ ...job, name: 'a"b\\${x}' })).toContain(
      '|= "\\"name\\":\\"a\\\\\\"b\\\\\\\\\\u0024{x}\\""'
    ));

  it('find deleted objects by a part of their name, which is no pattern', () =>
    expect(deletedObjects('a.b', 'default')).toBe(
      '{source="sedna-journal", namespace="default"} |= "\\"what\\":\\"deleted\\"" |~ "(?i)\\"name\\":\\"[^\\"]*a\\\\.b"'
    ));
});
