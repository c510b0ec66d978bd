/**
 * Messages of the global manager and the local controller that look like errors and mean nothing. They have the level debug,
 * and docs/use/pages.md explains them.
 */
export interface HarmlessMessage {
  /** Text for users; a part of every such line. */
  text: string;
  /** RE2 pattern. */
  pattern: string;
  why: string;
}

export const HARMLESS_MESSAGES: readonly HarmlessMessage[] = [
  {
    text: 'template.metadata.creationTimestamp',
    pattern: 'unknown field "spec[.][^"]*[.]creationTimestamp"',
    why: 'the global manager sends a null time with every status update, and the API server warns about it',
  },
  {
    text: 'unknown operation: update',
    pattern: 'failed to handle message\\(.*unknown operation: update',
    why: 'the global manager sends each joint inference service again, and the local controller knows insert and delete only',
  },
  {
    text: 'the server could not find the requested resource',
    pattern: 'failed to list [*]v1alpha1[.].*the server could not find the requested resource',
    why: 'the global manager looks for a kind whose custom resource definition is not installed',
  },
];
