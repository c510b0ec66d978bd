import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { KINDS, SEDNA_GROUP, SEDNA_VERSION } from '../../src/sedna/kinds';
import { sharedFile } from '../engine/testUtils';

const { file: crds, skip } = sharedFile('sedna', 'crds');

for (const { kind, plural, shortName, statusFields, conditionTypes, phases, staged } of KINDS) {
  test(`the definition of ${kind} matches its CRD`, { skip }, () => {
    const { spec } = parse(readFileSync(path.join(crds, `sedna.io_${plural}.yaml`), 'utf8'));
    assert.equal(spec.group, SEDNA_GROUP);
    assert.equal(spec.scope, 'Namespaced');
    assert.equal(spec.names.kind, kind);
    assert.equal(spec.names.plural, plural);
    assert.deepEqual(spec.names.shortNames ?? [], shortName ? [shortName] : []);

    const version = spec.versions.find(({ name }: { name: string }) => name === SEDNA_VERSION);
    assert.ok(version.subresources.status, 'status is a subresource');
    const status = version.schema.openAPIV3Schema.properties.status?.properties ?? {};
    const { conditions, ...fields } = status;
    assert.deepEqual([...statusFields].sort(), Object.keys(fields).sort());
    assert.equal(conditionTypes.length > 0, conditions !== undefined, 'conditions');
    assert.equal(phases.length > 0, 'phase' in fields, 'phase');
    const condition = conditions?.items.properties ?? {};
    assert.equal(staged, 'stage' in condition && 'data' in condition, 'a condition names a stage and carries data');
  });
}
