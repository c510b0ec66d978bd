import type { Labels } from '@grafana/data';
import { buildLegendFormat, getSeriesNames } from './seriesNames';

const scraped = { __name__: 'm', instance: '10.0.0.1:8080', job: 'kube-state-metrics', kind: 'Dataset' };

describe('seriesNames', () => {
  it('names series by their object, not by their scrape', () =>
    expect(
      getSeriesNames([
        { ...scraped, namespace: 'default', name: 'a' },
        { ...scraped, namespace: 'factory', name: 'a' },
      ])
    ).toEqual(['default/a', 'factory/a']));

  it('adds other labels that differ, and omits those that are equal', () =>
    expect(
      getSeriesNames([
        { ...scraped, namespace: 'default', name: 'a', stage: 'Train' },
        { ...scraped, namespace: 'default', name: 'a', stage: 'Eval' },
      ])
    ).toEqual(['default/a · Train', 'default/a · Eval']));

  it('names a single custom series by its own labels, and one without labels by its metric', () => {
    expect(getSeriesNames([{ __name__: 'sedna_custom_Recall', job: 'x', model_name: 'baseline' }])).toEqual([
      'baseline',
    ]);
    expect(getSeriesNames([{ __name__: 'sedna_knowledge_base_known_tasks', instance: 'x' }])).toEqual([
      'sedna_knowledge_base_known_tasks',
    ]);
  });

  describe('getSeriesNames, if only labels of the scrape differ', () => {
    const pod = { __name__: 'm', job: 'kubelet', namespace: 'default', pod: 'dog-train-x' };
    const node = { __name__: 'node_memory_MemTotal_bytes', job: 'node-exporter' };

    it.each([
      [
        'names containers of one pod',
        [
          { ...pod, instance: 'edge:10250', container: 'train' },
          { ...pod, instance: 'edge:10250', container: 'proxy' },
        ],
        ['default/dog-train-x · train', 'default/dog-train-x · proxy'],
        '{{namespace}}/{{pod}} · {{container}}',
      ],
      [
        'names nodes by their addresses',
        [
          { ...node, instance: 'edge:9100' },
          { ...node, instance: 'cloud:9100' },
        ],
        ['edge:9100', 'cloud:9100'],
        '{{instance}}',
      ],
      ['names a single job', [{ job: 'kubelet' }], ['kubelet'], '{{job}}'],
      [
        'names jobs, and a series without one',
        [{ job: 'kubelet' }, { job: 'x' }, {}],
        ['kubelet', 'x', '{}'],
        '{{job}}',
      ],
    ] as Array<[string, Labels[], string[], string]>)('%s', (_, all, names, format) => {
      expect(getSeriesNames(all)).toEqual(names);
      expect(buildLegendFormat(all)).toBe(format);
    });
  });

  it('builds a legend format that results in the same names', () => {
    const dataset = { ...scraped, namespace: 'default', name: 'a' };
    expect(buildLegendFormat([dataset, { ...dataset, name: 'b' }])).toBe('{{namespace}}/{{name}}');
    expect(buildLegendFormat([dataset, { ...dataset, stage: 'Eval' }])).toBe('{{namespace}}/{{name}} · {{stage}}');
    expect(buildLegendFormat([])).toBe('__auto');
  });
});
