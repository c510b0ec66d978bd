import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { sharedFile } from '../engine/testUtils';

const NAMES = [
  'datasets',
  'featureextractionservices',
  'federatedlearningjobs',
  'incrementallearningjobs',
  'jointinferenceservices',
  'lifelonglearningjobs',
  'models',
  'objectsearchservices',
  'objecttrackingservices',
  'reidjobs',
  'videoanalyticsjobs',
];

const read = (file: string) => parse(readFileSync(file, 'utf8'));

/** Returns what must equal the original CRD. The schemas differ on purpose. */
function outline(crd: ReturnType<typeof read>) {
  return {
    name: crd.metadata.name,
    group: crd.spec.group,
    names: crd.spec.names,
    scope: crd.spec.scope,
    versions: crd.spec.versions.map((version: Record<string, unknown>) => ({
      name: version.name,
      served: version.served,
      storage: version.storage,
      subresources: version.subresources,
      columns: version.additionalPrinterColumns,
    })),
  };
}

test('the CRDs contain all kinds of Sedna', () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.yaml'));
  assert.deepEqual(
    files.sort(),
    NAMES.map((name) => `${name}.yaml`)
  );
});

test('the CRDs preserve all fields', () => {
  for (const name of NAMES) {
    const schema = read(path.join(__dirname, `${name}.yaml`)).spec.versions[0].schema.openAPIV3Schema;
    assert.deepEqual(schema, { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, name);
  }
});

const { file: real, skip } = sharedFile('sedna', 'crds');
test('the CRDs have the names, scope, versions, and subresources of the originals', { skip }, () => {
  for (const name of NAMES) {
    const own = outline(read(path.join(__dirname, `${name}.yaml`)));
    assert.deepEqual(own, outline(read(path.join(real, `sedna.io_${name}.yaml`))), name);
  }
});
