/** Exceptions of workers whose cause is known. */
import type { RuleCase, Values } from '../rule';

/**
 * A worker unpickles what it downloaded from the knowledge base. For a file that it has lost, the knowledge base answers
 * with a quoted text: 34 is the code of the quotation mark.
 */
const LOST_FILE = 'KeyError: 34';

/** Cases of texts that an exception selects, the more exact one last. */
export const getExceptionCases = ({ exception }: Values): string[] =>
  exception === LOST_FILE ? ['exception', 'lost-file'] : exception ? ['exception'] : [];

export const LOST_FILE_CASE: Partial<RuleCase> = {
  cause:
    'The worker exits with {{exception}}: the knowledge base has lost a file that the worker downloads, as it does with a restart unless its files are on a volume',
  advice:
    'Give the knowledge base a path on its volume (KnowledgeBasePath). Then delete the job and create it again: its first training uploads the files.',
};
