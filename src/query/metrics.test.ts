import { findMetric } from '../sedna/catalogue';
import { componentsQuery, drawingOf, metricExpression, metricNamesQuery } from './metrics';

const ANY = { namespace: '', name: '' };
const DOG = { namespace: 'robots', name: 'dog' };

it.each([
  ['sedna_dataset_samples', 'series'],
  ['sedna_job_condition_transitions_total', 'series'],
  ['sedna_dataset_update_timestamp_seconds', 'series'],
  ['sedna_lifelonglearningjob_condition', 'states'],
  ['sedna_job_model_info', 'table'],
  ['sedna_custom_Recall', 'series'],
])('draws %s as %s', (name, drawing) => expect(drawingOf(findMetric(name))).toBe(drawing));

it.each([
  ['a number as it is', 'sedna_dataset_samples', 'sedna_dataset_samples{namespace="robots", name="dog"}'],
  [
    'the states that are on',
    'sedna_lifelonglearningjob_condition',
    'sedna_lifelonglearningjob_condition{namespace="robots", name="dog"} == 1',
  ],
  [
    'the growth of a counter',
    'sedna_job_condition_transitions_total',
    'increase(sedna_job_condition_transitions_total{namespace="robots", name="dog"}[$__rate_interval])',
  ],
  [
    'the age of a time',
    'sedna_dataset_update_timestamp_seconds',
    'time() - sedna_dataset_update_timestamp_seconds{namespace="robots", name="dog"}',
  ],
  ['a recorded number', 'sedna:tasks:total', 'sedna:tasks:total{namespace="robots", name="dog"}'],
  ['what a job records itself', 'sedna_custom_Recall', 'sedna_custom_Recall{namespace="robots", name="dog"}'],
])('shows %s', (_, name, expected) => expect(metricExpression(name, DOG)).toBe(expected));

it('shows all components where none is chosen', () => {
  expect(metricExpression('sedna_dataset_samples', ANY)).toBe('sedna_dataset_samples');
  expect(metricExpression('sedna_dataset_samples', { ...ANY, name: 'dog' })).toBe('sedna_dataset_samples{name="dog"}');
});

it('takes any name in a URL as the name of a metric', () =>
  expect(metricExpression('up) or vector(1', { namespace: '"}', name: '$x' })).toBe(
    '{__name__="up) or vector(1", namespace="\\"}", name="\\u0024x"}'
  ));

it('asks for the names of our metrics, recorded ones too, of all components or of one', () => {
  expect(metricNamesQuery()).toEqual({ label: '__name__', selector: '{__name__=~"sedna[_:].+"}' });
  expect(metricNamesQuery(DOG)).toEqual({
    label: '__name__',
    selector: '{__name__=~"sedna[_:].+", namespace="robots", name="dog"}',
  });
});

it('asks for the components that a metric has', () => {
  expect(componentsQuery('sedna_dataset_samples', 'namespace', ANY)).toEqual({
    label: 'namespace',
    selector: 'sedna_dataset_samples',
  });
  expect(componentsQuery('sedna_dataset_samples', 'name', { ...ANY, namespace: 'robots' })).toEqual({
    label: 'name',
    selector: 'sedna_dataset_samples{namespace="robots"}',
  });
});
