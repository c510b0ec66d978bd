/** Tests of recorded findings, and of the alerts that read them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALERTS } from '../../../../collection/alerts';
import { getExisting, WELL, type GetSedna } from './expected';

const MINUTE_MS = 60_000;

export function testAlerts(sedna: GetSedna): void {
  test('no recorded finding is about an object that is expected to be well', async () => {
    const well = getExisting(sedna()).filter(({ expected: { verdict } }) => WELL.includes(verdict));
    const errors = await sedna().query('sedna:finding{severity="error"}');
    const alarms = errors.filter(({ labels }) =>
      well.some(
        ({ kind, namespace, name }) => labels.kind === kind && labels.namespace === namespace && labels.name === name
      )
    );
    assert.deepEqual(
      alarms.map(({ labels }) => `${labels.rule} ${labels.kind} ${labels.namespace}/${labels.name}`),
      []
    );
  });

  test('alerts that have held for their time are about objects that are expected to be in trouble', async (context) => {
    const troubled = new Set(
      sedna()
        .expected.objects.filter(({ expected: { verdict } }) => !WELL.includes(verdict))
        .map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)
    );
    const alarms: string[] = [];
    for (const { name, expr, for: holds, severity } of ALERTS) {
      const minutes = Math.max(1, Math.ceil(parseInt(holds, 10) * (holds.endsWith('m') ? 1 : 1 / 60)));
      const times = new Map<string, string[]>();
      for (let at = sedna().from.getTime() + MINUTE_MS; at <= sedna().to.getTime(); at += MINUTE_MS) {
        const rows = await sedna().query(`count_over_time((${expr})[${minutes}m:1m]) >= ${minutes}`, new Date(at));
        for (const { labels } of rows) {
          const { kind, namespace, name: object, ...rest } = labels;
          const key = object ? `${kind} ${namespace}/${object}` : JSON.stringify(rest);
          times.set(key, [...(times.get(key) ?? []), new Date(at).toISOString().slice(11, 16)]);
          if (severity === 'critical' && kind !== 'Dataset' && object && !troubled.has(key)) {
            alarms.push(`${new Date(at).toISOString()} ${name} ${key}`);
          }
        }
      }
      times.forEach((list, key) =>
        context.diagnostic(`${name} ${severity} ${key}: ${list[0]} to ${list.at(-1)}, ${new Set(list).size} minutes`)
      );
    }
    assert.deepEqual(alarms, []);
  });
}
