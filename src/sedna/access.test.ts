import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { accessManifest, READER, tokenCommand, WRITER } from './access';
import { KINDS } from './kinds';

const objects = parseAllDocuments(accessManifest('here')).map((document) => document.toJS());
const rules = (name: string) =>
  objects.find((each) => each.kind === 'ClusterRole' && each.metadata.name === name).rules;
const plurals = KINDS.map(({ plural }) => plural);

it('lets one read, and nothing else', () =>
  expect(rules(READER)).toEqual([
    { apiGroups: ['sedna.io'], resources: plurals, verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
  ]));

it('lets the other create, change and delete, and nothing else', () =>
  expect(rules(WRITER)).toEqual([
    { apiGroups: ['sedna.io'], resources: plurals, verbs: ['create', 'patch', 'delete'] },
  ]));

it('binds each to its own account, with a token', () => {
  for (const name of [READER, WRITER]) {
    const of = (kind: string) => objects.filter((each) => each.kind === kind && each.metadata.name === name);
    expect(of('ServiceAccount')).toHaveLength(1);
    expect(of('Secret')[0]).toMatchObject({
      type: 'kubernetes.io/service-account-token',
      metadata: { namespace: 'here', annotations: { 'kubernetes.io/service-account.name': name } },
    });
    expect(of('ClusterRoleBinding')[0]).toMatchObject({
      roleRef: { kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'here' }],
    });
  }
  expect(objects).toHaveLength(8);
});

it('is in the documentation as it is', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'management.md'), 'utf8');
  expect(text).toContain(`\`\`\`yaml\n${accessManifest()}\`\`\``);
  expect(text).toContain(`${tokenCommand(READER)}\n${tokenCommand(WRITER)}\n`);
});
