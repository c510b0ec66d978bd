import type { InferenceMessage } from '../../src/sedna/logs/logMessages';

const STATES: ReadonlyArray<InferenceMessage['state']> = ['started', 'done', 'error'];
const TASKS: ReadonlyArray<InferenceMessage['task']> = ['known', 'unknown', 'any'];

/**
 * Parses the messages that count inference samples: a JSON list of `{ state, task, contains, pattern? }`.
 * @throws an error that names the entry and the reason
 */
export function parseInferenceMessages(json: string): InferenceMessage[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) {
    throw new Error('expected a list of messages: [{ "state": "done", "task": "any", "contains": "..." }]');
  }
  return list.map((entry: Partial<InferenceMessage> | null, index) => {
    const { state, task = 'any', contains, pattern } = entry ?? {};
    const createError = (what: string) => new Error(`entry ${index + 1}: ${what}`);
    if (!state || !STATES.includes(state)) {
      throw createError(`state must be one of ${STATES.join(', ')}`);
    }
    if (!TASKS.includes(task)) {
      throw createError(`task must be one of ${TASKS.join(', ')}`);
    }
    if (typeof contains !== 'string' || contains === '') {
      throw createError('contains must be text that every such line contains');
    }
    if (pattern !== undefined && typeof pattern !== 'string') {
      throw createError('pattern must be a regular expression (RE2)');
    }
    return pattern === undefined ? { state, task, contains } : { state, task, contains, pattern };
  });
}
