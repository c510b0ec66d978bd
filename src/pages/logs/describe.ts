import { COMPONENTS, type Selection } from './selection';

/** Pods and keywords that a name lists at most. */
const LISTED = 3;

const list = (texts: readonly string[]) =>
  texts.length > LISTED ? `${texts.slice(0, LISTED).join(', ')}, …` : texts.join(', ');

/** What is chosen in a few words: where, then what. */
export function describe({ component, namespace, job, worker, pods, container, node, ...rest }: Selection): string {
  const part = COMPONENTS.find(({ id }) => id === component)?.title;
  const where = [part, namespace, job, worker, list(pods), container, node].filter(Boolean).join(' / ');
  const what = [list(rest.levels), list(rest.include.map((text) => `"${text}"`))].filter(Boolean).join(' ');
  return what === '' ? where : `${where}: ${what}`;
}
