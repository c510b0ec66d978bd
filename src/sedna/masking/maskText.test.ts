import fc from 'fast-check';
import { MASK, maskText } from './maskText';

const X = 'hunter2';

describe('a secret in a text', () => {
  it.each([
    // Commands.
    [`python t.py --password=${X}`, `python t.py --password=${MASK}`],
    [`python t.py --password ${X} --epochs 3`, `python t.py --password ${MASK} --epochs 3`],
    [`python t.py -token "${X} a" x`, `python t.py -token "${MASK}" x`],
    [`java -Dspring.datasource.password=${X} -jar a.jar`, `java -Dspring.datasource.password=${MASK} -jar a.jar`],
    [`export AWS_SECRET_ACCESS_KEY=${X}; python t.py`, `export AWS_SECRET_ACCESS_KEY=${MASK}; python t.py`],
    [`DB_PASS='a ${X}' dbPass="b \\" ${X}" python`, `DB_PASS='${MASK}' dbPass="${MASK}" python`],
    [`PASSWD=a'b${X} python`, `PASSWD=${MASK} python`],
    [`login(password='${X}', user='me')`, `login(password='${MASK}', user='me')`],
    [`api_key = ${X}`, `api_key = ${MASK}`],
    [`TOKEN="cut ${X}`, `TOKEN="${MASK}`],
    [`password=a&b;${X} c`, `password=${MASK} c`],
    [`CMD="login --token=${X} a" b`, `CMD="login --token=${MASK} a" b`],
    [`--cmd "login --token ${X} a" b`, `--cmd "login --token ${MASK} a" b`],
    // Headers.
    [`x-note: a, Authorization: Bearer ${X}`, `x-note: a, Authorization: Bearer ${MASK}`],
    [`curl -H "Authorization: Bearer ${X}" http://h/`, `curl -H "Authorization: Bearer ${MASK}" http://h/`],
    [`Authorization:Basic ${X}`, `Authorization:Basic ${MASK}`],
    [`Authorization=Bearer ${X}`, `Authorization=${MASK}`],
    [`PRIVATE-TOKEN: ${X}`, `PRIVATE-TOKEN: ${MASK}`],
    [`said Bearer ${X} there`, `said Bearer ${MASK} there`],
    [`{'Authorization': 'Bearer ${X}'}`, `{'Authorization': '${MASK}'}`],
    [`{'token': '${X}'}`, `{'token': '${MASK}'}`],
    [`a: 1\ntoken: ${X}\nb: 2`, `a: 1\ntoken: ${MASK}\nb: 2`],
    // URLs.
    [`https://${X}@host/p`, `https://${MASK}@host/p`],
    [`https://${X}:x-oauth-basic@host/p`, `https://${MASK}@host/p`],
    [`s3://me:pa/ss${X}@host/p`, `s3://me:${MASK}@host/p`],
    [`s3://me:p@ss${X}@host/p@2`, `s3://me:${MASK}@host/p@2`],
    [`me:pa/ss${X}@host/p`, `me:${MASK}@host/p`],
    [`http://a:${X}@b,http://c:${X}@d`, `http://a:${MASK}@b,http://c:${MASK}@d`],
    [`https://h/p?X-Amz-Signature=${X}&v=1#a`, `https://h/p?X-Amz-Signature=${MASK}&v=1#a`],
    [`https://h/p?a=1&X-Amz-Security-Token=${X}%2F`, `https://h/p?a=1&X-Amz-Security-Token=${MASK}`],
    [`https://h/p?token=${X}&model=/m.pkl`, `https://h/p?token=${MASK}&model=/m.pkl`],
    [`https://h/p?key=${X}`, `https://h/p?key=${MASK}`],
    [`/p?sv=1&sig=${X}`, `/p?sv=1&sig=${MASK}`],
    [`--url=https://h/p?token=${X}`, `--url=https://h/p?token=${MASK}`],
    // JSON.
    [`{"input":"url=https://h/p?token=${X}","b":1}`, `{"input":"url=https://h/p?token=${MASK}","b":1}`],
    [`{"a":"b","apiToken": "${X}","c":1}`, `{"a":"b","apiToken": "${MASK}","c":1}`],
    [`{"password":"a\\\\","token":"${X}"}`, `{"password":"${MASK}","token":"${MASK}"}`],
    [`{"url":"https://h/p?a=1\\u0026sig=${X}\\u0026b=2"}`, `{"url":"https://h/p?a=1\\u0026sig=${MASK}\\u0026b=2"}`],
    [`{"args":["--token","${X}","a"]}`, `{"args":["--token","${MASK}","a"]}`],
    [`{"cmd":"A_TOKEN=\\"${X} b\\" run"}`, `{"cmd":"A_TOKEN=\\"${MASK}\\" run"}`],
    [`[{"name":"API_TOKEN","value":"${X}"}]`, `[{"name":"API_TOKEN","value":"${MASK}"}]`],
    [`[{"key":"api_token", "value":"${X}"}]`, `[{"key":"api_token", "value":"${MASK}"}]`],
    [`{"token":"cut ${X}`, `{"token":"${MASK}`],
  ])('is masked: %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect(maskText(masked)).toBe(masked);
  });

  it('is masked in JSON, however deep it is inside strings of JSON', () => {
    let text = JSON.stringify({ a: 'x\\"y', password: `q"\\${X}`, b: 'seen' });
    for (let depth = 0; depth < 4; depth++) {
      expect(maskText(text)).not.toContain(X);
      expect(maskText(text)).toContain('seen');
      text = JSON.stringify({ note: text });
    }
  });
});

it.each([
  '/var/run/secrets/kubernetes.io/serviceaccount/token',
  'registry.example.org:5000/auth-service:v1@sha256:0a1b',
  'auth-service:v1.2',
  'docker://registry:5000/a@sha256:0a',
  'http://x:9000/a@b',
  'http://[::1]:9000/a@b',
  'ssh://git@github.com/a/b',
  'git@github.com:a/b.git',
  'MODEL_URLS=s3://b/a.pkl;s3://b/b.pkl',
  'PARAMETERS=a=1;b=2',
  '--password-file=/etc/pw --secret-name s3 --tokenizer bert --keypoints 17',
  '--max-tokens=512 --use-auth=true --token-loss=0.25',
  'secretName: s3\ncredentialName: minio',
  '{"secretName":"s3","credentialName":"minio","secretKeyRef":{"name":"s3","key":"password"}}',
  '{"metrics":[{"key":"precision","value":"0.9"}],"keypoints":"17","author":"me"}',
  'E0102 Error syncing key=robots/dog: secret "s3" not found',
  'token: expired',
  'bearer authentication is required; basic training',
  'if token == x',
  '2026-11-24T08:00:00Z at 10:30 me@example.org',
])('what is harmless is left as it is: %s', (text) => expect(maskText(text)).toBe(text));

it('masking twice masks nothing more', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'token',
      'key',
      '=',
      ':',
      '"',
      '\\"',
      "'",
      ' ',
      '@',
      '://',
      '&',
      ';',
      '?',
      '--',
      ',',
      '\\',
      '{',
      '\n'
    ),
    fc.constantFrom('bearer ', 'basic ', 'a', '1', MASK),
    fc.string({ maxLength: 3 })
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const once = maskText(parts.join(''));
      expect(maskText(once)).toBe(once);
    })
  );
});

it.each([
  '://a:',
  '://',
  '\\',
  'a=\\"',
  'token="',
  "token='",
  '"token":"\\\\',
  ' ',
  '--token ',
  '"token":"',
  '\\"',
  'a=',
  'key: ',
  'basic a',
  'x:y',
  'bearer ',
])('a long text of %j takes no time worth telling', (text) => {
  const start = performance.now();
  maskText(text.repeat(200_000 / text.length));
  expect(performance.now() - start).toBeLessThan(3000);
});
