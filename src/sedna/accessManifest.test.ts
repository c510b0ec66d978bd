import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { buildAccessManifest, READER_ACCOUNT, buildTokenCommand, WRITER_ACCOUNT } from './accessManifest';
import { KINDS } from './kinds';

const objects = parseAllDocuments(buildAccessManifest('here')).map((document) => document.toJS());
const rules = (name: string) =>
  objects.find((each) => each.kind === 'ClusterRole' && each.metadata.name === name).rules;
const plurals = KINDS.map(({ plural }) => plural);

it('lets one read, and nothing else', () =>
  expect(rules(READER_ACCOUNT)).toEqual([
    { apiGroups: ['sedna.io'], resources: plurals, verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
  ]));

it('lets the other create, change and delete, and nothing else', () =>
  expect(rules(WRITER_ACCOUNT)).toEqual([
    { apiGroups: ['sedna.io'], resources: plurals, verbs: ['create', 'patch', 'delete'] },
  ]));

it('binds each to its own account, with a token', () => {
  for (const name of [READER_ACCOUNT, WRITER_ACCOUNT]) {
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
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'run', 'connect-kubernetes.md'), 'utf8');
  expect(text).toContain(`\`\`\`yaml\n${buildAccessManifest()}\`\`\``);
  expect(text).toContain(`${buildTokenCommand(READER_ACCOUNT)}\n${buildTokenCommand(WRITER_ACCOUNT)}\n`);
});
