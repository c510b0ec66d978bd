import type { FakeDataSource } from '../../../test/mockGrafana';

/** Lets a Prometheus have jobs of some kinds only, by the prefix of their metrics. */
export function answerForKinds(prometheus: FakeDataSource, kinds: readonly string[]): void {
  const { getResource } = prometheus;
  prometheus.getResource = async (path, params, options) => {
    const response = await getResource(path, params, options);
    const selector = params['match[]'] ?? '';
    return kinds.some((kind) => selector.includes(`sedna_${kind}_`)) ? response : { data: [] };
  };
}
