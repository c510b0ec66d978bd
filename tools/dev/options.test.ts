import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertPortsFree, readOptions } from './options';

describe('readOptions', () => {
  it('uses the usual ports when the environment names none', () => {
    assert.deepEqual(readOptions({}), { grafanaPort: 3000, reloadPort: 35729 });
    assert.deepEqual(readOptions({ SEDNA_DEV_PORT: '' }), { grafanaPort: 3000, reloadPort: 35729 });
  });

  it('takes both ports from the environment', () => {
    const env = { SEDNA_DEV_PORT: '3100', SEDNA_DEV_RELOAD_PORT: '3101' };
    assert.deepEqual(readOptions(env), { grafanaPort: 3100, reloadPort: 3101 });
  });

  for (const text of ['0', '65536', '-1', '3e3', '30.5', 'grafana', ' 3000']) {
    it(`names the variable when its value is "${text}"`, () => {
      assert.throws(() => readOptions({ SEDNA_DEV_PORT: text }), {
        message: `SEDNA_DEV_PORT must be a port from 1 to 65535, not "${text}".`,
      });
    });
  }

  it('refuses the same port twice', () => {
    assert.throws(() => readOptions({ SEDNA_DEV_PORT: '35729' }), {
      message: 'SEDNA_DEV_PORT and SEDNA_DEV_RELOAD_PORT are both 35729: they must differ.',
    });
  });
});

describe('assertPortsFree', () => {
  const options = { grafanaPort: 3000, reloadPort: 35729 };

  it('accepts free ports', async () => {
    await assertPortsFree(options, async () => true);
  });

  it('names the busy port, what it is for, and the variable that changes it', async () => {
    await assert.rejects(
      assertPortsFree(options, async (port) => port !== 3000),
      {
        message:
          'Port 3000 for Grafana is in use. Stop what uses it, or choose another port: SEDNA_DEV_PORT=3001 make dev',
      }
    );
    await assert.rejects(
      assertPortsFree(options, async (port) => port !== 35729),
      /^Error: Port 35729 for live reload is in use\. .* SEDNA_DEV_RELOAD_PORT=35730 make dev$/
    );
  });
});
