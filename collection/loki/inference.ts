import type { InferenceMessage } from '../../src/sedna/logs/logMessages';

const STATES: ReadonlyArray<InferenceMessage['state']> = ['started', 'done', 'error'];
const TASKS: ReadonlyArray<InferenceMessage['task']> = ['known', 'unknown', 'any'];

/**
 * Reads the lines that count inferred samples: a JSON list of `{ state, task, contains, pattern? }`.
 * @throws Error that names the entry and what is wrong with it
 */
export function parseInferenceMessages(json: string): InferenceMessage[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) {
    throw new Error('a list of lines is expected: [{ "state": "done", "task": "any", "contains": "..." }]');
  }
  return list.map((entry: Partial<InferenceMessage> | null, index) => {
    const { state, task = 'any', contains, pattern } = entry ?? {};
    const wrong = (what: string) => new Error(`entry ${index + 1}: ${what}`);
    if (!state || !STATES.includes(state)) {
      throw wrong(`state must be one of ${STATES.join(', ')}`);
    }
    if (!TASKS.includes(task)) {
      throw wrong(`task must be one of ${TASKS.join(', ')}`);
    }
    if (typeof contains !== 'string' || contains === '') {
      throw wrong('contains must be the text that stands in every such line');
    }
    if (pattern !== undefined && typeof pattern !== 'string') {
      throw wrong('pattern must be a regular expression (RE2)');
    }
    return pattern === undefined ? { state, task, contains } : { state, task, contains, pattern };
  });
}
