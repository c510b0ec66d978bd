import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DASHBOARDS, staleFiles } from './generate';

test('the committed dashboards are what the code makes', () => {
  assert.deepEqual(staleFiles(), [], 'run "npm run dashboards" and commit the result');
});

for (const [name, build] of Object.entries(DASHBOARDS)) {
  test(`${name} names no data source but its variables`, () => {
    const uids = [...JSON.stringify(build()).matchAll(/"uid":"([^"]*)"/g)].map(([, uid]) => uid);
    const allowed = new Set(['${prometheus}', '${loki}', build().uid]);
    assert.deepEqual(
      uids.filter((uid) => !allowed.has(uid)),
      []
    );
  });

  test(`${name} has no two panels in one place`, () => {
    const places = (build().panels ?? []).map((panel) => JSON.stringify((panel as { gridPos: unknown }).gridPos));
    assert.equal(new Set(places).size, places.length);
  });
}
