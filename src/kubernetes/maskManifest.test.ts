import fc from 'fast-check';
import { findChangedSecrets, maskSecrets, MASK, getMaskedPaths } from './maskManifest';
import type { SednaObject } from './types';

const job = (change: Partial<SednaObject> = {}): SednaObject => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: { name: 'dog', namespace: 'robots' },
  ...change,
});

const withContainer = (container: object) =>
  job({ spec: { trainSpec: { template: { spec: { containers: [{ name: 'train', ...container }] } } } } });
const container = ({ object }: { object: SednaObject }) => (object.spec as any).trainSpec.template.spec.containers[0];

const withAnnotations = (annotations: Record<string, string>) =>
  job({ metadata: { name: 'dog', namespace: 'robots', annotations } });

describe('masked', () => {
  it.each(['sedna.io/credential', 'kubectl.kubernetes.io/last-applied-configuration', 'example.org/api-token'])(
    'is the annotation %s',
    (name) =>
      expect(maskSecrets(withAnnotations({ [name]: '{"a":"b"}', note: 'seen' })).object.metadata.annotations).toEqual({
        [name]: MASK,
        note: 'seen',
      })
  );

  it.each([
    'ACCESS_KEY_ID',
    'SECRET_ACCESS_KEY',
    'API_TOKEN',
    'db_password',
    'DB_PASSWD',
    'S3_CREDENTIALS',
    'DB_PASS',
    'dbPass',
    'HTTP_AUTHORIZATION',
    'API_KEY',
  ])('is the variable %s', (name) =>
    expect(container(maskSecrets(withContainer({ env: [{ name, value: 'v1' }] }))).env).toEqual([{ name, value: MASK }])
  );

  it('is not a variable that says nothing, nor one that comes from a secret', () => {
    const env = [
      { name: 'batch_size', value: '32' },
      { name: 'S3_TOKEN', valueFrom: { secretKeyRef: { name: 's3', key: 'token' } } },
      { name: 'EMPTY_TOKEN', value: '' },
      { name: 'MODEL_URLS', value: 's3://b/a.pkl;s3://b/b.pkl' },
      { name: 'PARAMETERS', value: 'a=1;b=2' },
      { name: 'TOKEN_FILE', value: '/var/run/token' },
      { name: 'SECRET_NAME', value: 's3' },
      { name: 'AUTH_ENABLED', value: 'true' },
      { name: 'MAX_TOKENS', value: '512' },
      { name: 'TOKENIZER', value: 'bert' },
    ];
    expect(container(maskSecrets(withContainer({ env }))).env).toEqual(env);
  });

  it('is an option of a command, joined or apart', () =>
    expect(
      container(
        maskSecrets(withContainer({ args: ['--token=abc', '--password', 'xyz', '--epochs', '3', 'API_KEY=q'] }))
      ).args
    ).toEqual([`--token=${MASK}`, '--password', MASK, '--epochs', '3', `API_KEY=${MASK}`]));

  it('is what a shell is told inside an argument', () =>
    expect(
      container(maskSecrets(withContainer({ command: ['sh', '-c', 'export A_TOKEN=abc; python t.py --password=x'] })))
        .command
    ).toEqual(['sh', '-c', `export A_TOKEN=${MASK}; python t.py --password=${MASK}`]));

  it('is all that follows an option, as no shell ends it', () =>
    expect(container(maskSecrets(withContainer({ args: ['--password=a b;c&d=e'] }))).args).toEqual([
      `--password=${MASK}`,
    ]));

  it('is a header, as an argument and as a pair', () => {
    const httpHeaders = [{ name: 'Authorization', value: 'Bearer abc' }];
    const probe = { args: ['-H', 'Authorization: Bearer abc'], livenessProbe: { httpGet: { httpHeaders } } };
    expect(container(maskSecrets(withContainer(probe)))).toMatchObject({
      args: ['-H', `Authorization: Bearer ${MASK}`],
      livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: MASK }] } },
    });
  });

  it('is a parameter of Sedna, by its key', () =>
    expect(
      maskSecrets(
        job({
          spec: {
            parameters: [
              { key: 'api_token', value: 'abc' },
              { key: 'threshold', value: '0.5' },
            ],
          },
        })
      ).object.spec
    ).toEqual({
      parameters: [
        { key: 'api_token', value: MASK },
        { key: 'threshold', value: '0.5' },
      ],
    }));

  it('is a field whose name says so, not the name of a Secret nor a key in one', () => {
    const fields = {
      credentialName: 'minio',
      secretName: 's3',
      nodePublishSecretRef: { name: 's3' },
      secret: { secretName: 's3', items: [{ key: 'password', path: 'pw' }] },
      secretKeyRef: { name: 's3', key: 'token' },
      imagePullSecrets: [{ name: 'regcred' }],
      topologyKey: 'kubernetes.io/hostname',
      matchLabelKeys: ['app'],
      secretFile: '/etc/ceph/user.secret',
      secretProviderClass: 'vault',
    };
    const { object, secrets } = maskSecrets(
      job({ spec: { ...fields, csi: { volumeAttributes: { password: 'abc', secretKey: 'def' } }, tokens: ['ghi'] } })
    );
    expect(object.spec).toEqual({
      ...fields,
      csi: { volumeAttributes: { password: MASK, secretKey: MASK } },
      tokens: [MASK],
    });
    expect([...secrets]).toEqual([
      ['spec.csi.volumeAttributes.password', 'abc'],
      ['spec.csi.volumeAttributes.secretKey', 'def'],
      ['spec.tokens.0', 'ghi'],
    ]);
  });

  it('is what signs a URL, in the spec and in the data of a condition', () => {
    const url = (signature: string) => `https://h/p?X-Amz-Security-Token=${signature}&X-Amz-Signature=${signature}`;
    const data = (signature: string) => JSON.stringify({ input: { dataURL: url(signature) } });
    const { object } = maskSecrets(job({ spec: { url: url('abc') }, status: { conditions: [{ data: data('abc') }] } }));
    expect(object).toMatchObject({ spec: { url: url(MASK) }, status: { conditions: [{ data: data(MASK) }] } });
  });

  it('is a secret in JSON that is in a string of the JSON of an annotation', () => {
    const note = (password: string) => JSON.stringify({ text: JSON.stringify({ password, a: 'b' }) });
    expect(maskSecrets(withAnnotations({ note: note('abc') })).object.metadata.annotations).toEqual({
      note: note(MASK),
    });
  });

  it('is the password inside a URL, wherever it stands', () =>
    expect(
      maskSecrets(job({ spec: { outputDir: 's3://me:hunter2@minio/models', url: 'http://x:9000/a@b' } })).object.spec
    ).toEqual({
      outputDir: `s3://me:${MASK}@minio/models`,
      url: 'http://x:9000/a@b',
    }));

  it('is a secret in the JSON that a condition holds', () =>
    expect(
      maskSecrets(
        job({ status: { conditions: [{ data: '{"input":{"SECRET_ACCESS_KEY": "a\\"b","dataURL":"/d"}}' }] } })
      ).object.status
    ).toEqual({ conditions: [{ data: `{"input":{"SECRET_ACCESS_KEY": "${MASK}","dataURL":"/d"}}` }] }));

  it('are also the annotations of a pod template', () => {
    const template = { metadata: { annotations: { 'x/token': 'abc' } }, spec: {} };
    expect((maskSecrets(job({ spec: { template } })).object.spec as any).template.metadata.annotations).toEqual({
      'x/token': MASK,
    });
  });

  it('hides managedFields and leaves the object itself alone', () => {
    const object = withAnnotations({ 'sedna.io/credential': 'abc' });
    object.metadata.managedFields = [{ manager: 'kubectl' }];
    expect(maskSecrets(object).object.metadata).not.toHaveProperty('managedFields');
    expect(object.metadata.annotations).toEqual({ 'sedna.io/credential': 'abc' });
    expect(object.metadata.managedFields).toHaveLength(1);
  });
});

describe('a change of what is masked', () => {
  const of = (value: string) => maskSecrets(withContainer({ env: [{ name: 'TOKEN', value }] })).secrets;

  it('is told by its path', () =>
    expect(findChangedSecrets(of('a'), of('b'))).toEqual(['spec.trainSpec.template.spec.containers.0.env.0.value']));
  it('is none where it is the same', () => expect(findChangedSecrets(of('a'), of('a'))).toEqual([]));
});

it('a manifest tells where it holds masks', () =>
  expect(getMaskedPaths({ spec: { env: [{ value: MASK }, { value: 'x' }], url: `s3://a:${MASK}@b` } })).toEqual([
    'spec.env.0.value',
    'spec.url',
  ]));

describe('whatever the object holds', () => {
  const SECRET = 'hunter2-very-secret';
  const name = fc
    .tuple(fc.string(), fc.constantFrom('KEY', 'SECRET', 'TOKEN', 'PASSWORD', 'CREDENTIAL'), fc.string())
    // Not what makes it harmless again, as in TOKEN_FILE and KEYWORD.
    .filter(([, , end]) => !/[a-z]{3}|is|iz/i.test(end));
  const place = fc.oneof(
    name.map((parts) => ({ env: [{ name: parts.join(''), value: SECRET }] })),
    name.map((parts) => ({ metadata: { annotations: { [parts.join('')]: SECRET } } })),
    fc.constantFrom('--api-token', '--password').map((option) => ({ args: [`${option}=${SECRET}`, option, SECRET] })),
    fc.constantFrom('db_pass', 'secretKey', 'authorization').map((key) => ({ [key]: SECRET })),
    fc.constantFrom('A_TOKEN=', 'x --password ', 'a?X-Amz-Signature=').map((start) => ({ text: `${start}${SECRET}` })),
    fc.constantFrom('s3', 'https').map((scheme) => ({ url: `${scheme}://user:${SECRET}@host/path` }))
  );
  const deep = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      place,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('spec', 'template', 'containers', 'x'), tie('node'), { maxKeys: 3 }),
      fc.json()
    ),
  }));

  it('no secret is left in what is shown', () =>
    fc.assert(
      fc.property(deep.node, place, (spec, metadata) => {
        const { object } = maskSecrets(job({ spec, status: [metadata] }));
        expect(JSON.stringify(object)).not.toContain(SECRET);
      })
    ));

  it('masking twice hides nothing more', () =>
    fc.assert(
      fc.property(deep.node, (spec) => {
        const once = maskSecrets(job({ spec })).object;
        expect(maskSecrets(once).object).toEqual(once);
      })
    ));
});
