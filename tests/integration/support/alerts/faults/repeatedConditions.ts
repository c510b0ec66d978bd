/** Conditions that repeat while nothing goes on: their age is that of the whole run. */
import { alert, jobFault, type FaultCase } from '../faultCase';

/** Conditions in turn, every two minutes from minute 10 on. */
const inTurn = (...conditions: readonly string[]) => [
  [0, 'Train/Waiting'] as const,
  ...Array.from({ length: 20 }, (_, i) => [10 + 2 * i, conditions[i % conditions.length]] as const),
];

export const faults: readonly FaultCase[] = [
  jobFault(
    'Ready and Starting in turn, as while a pod is pending that nobody sees',
    {
      expected: [
        [20],
        [24, alert('SednaJobNoProgress', { name: 'j' })],
        [45, alert('SednaJobNoProgress', { name: 'j' })],
      ],
    },
    { states: inTurn('Train/Ready', 'Train/Starting') }
  ),
  jobFault(
    'Ready again and again, as while a pod is refused',
    { expected: [[20], [24, alert('SednaJobNoProgress', { name: 'j' })]] },
    { states: inTurn('Train/Ready') }
  ),
  jobFault(
    'trainings of two minutes that fail, which begin and end one after another',
    {
      expected: [
        [16, alert('SednaStageFailed', { name: 'j' })],
        [30, alert('SednaJobFailingLoop', { name: 'j' })],
      ],
    },
    { states: inTurn('Train/Ready', 'Train/Failed', 'Train/Waiting') }
  ),
];
