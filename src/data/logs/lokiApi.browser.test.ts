import { fakeLoki, mockGrafana } from '../../test/mockGrafana';
import { classifyQueryError, type QueryErrorLike } from '../errors/classifyQueryError';
import { fetchLokiResource } from './lokiApi';

describe('fetchLokiResource', () => {
  it('fails for a login page that comes as a success', async () => {
    const page = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';
    mockGrafana({ dataSources: [Object.assign(fakeLoki(), { getResource: () => Promise.resolve(page) })] });
    const error = await fetchLokiResource('labels', {}).catch((reason: QueryErrorLike) => reason);
    expect(classifyQueryError(error as QueryErrorLike)).toBe('wrong-address');
  });
});
