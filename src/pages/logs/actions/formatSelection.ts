import { COMPONENTS, type Selection } from '../selection';

/** Pods, levels, or keywords of one list; the rest becomes an ellipsis. */
const MAX_LISTED = 3;

const formatList = (texts: readonly string[]) =>
  texts.length > MAX_LISTED ? `${texts.slice(0, MAX_LISTED).join(', ')}, …` : texts.join(', ');

/** Formats a selection as a title: `robots / dog: error "Traceback"`. */
export function formatSelection({
  component,
  namespace,
  job,
  worker,
  pods,
  container,
  node,
  ...rest
}: Selection): string {
  const componentTitle = COMPONENTS.find(({ id }) => id === component)?.title;
  const streams = [componentTitle, namespace, job, worker, formatList(pods), container, node]
    .filter(Boolean)
    .join(' / ');
  const filters = [formatList(rest.levels), formatList(rest.include.map((text) => `"${text}"`))]
    .filter(Boolean)
    .join(' ');
  return filters === '' ? streams : `${streams}: ${filters}`;
}
