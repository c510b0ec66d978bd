/** Paths that lead to other ones: short and older ways to write an address. */
import { findKindByAnyName } from '../sedna/kinds';
import { BASE_URL, buildPageUrl, ROUTES } from '../platform/links/links';

const withSearch = (path: string, search: string, added: Record<string, string>) => {
  const params = new URLSearchParams(search);
  Object.entries(added).forEach(([name, value]) => params.set(name, value));
  const query = params.toString();
  return query === '' ? path : `${path}?${query}`;
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/**
 * Returns the path and query that an address stands for; undefined if it is canonical or unknown. The root stands for the
 * overview, a kind may have any name of kubectl, and a kind without an object stands for a filtered list.
 */
export function findRedirect(pathname: string, search: string): string | undefined {
  const [page, kindName, namespace, name, ...rest] = pathname.slice(BASE_URL.length).split('/').filter(Boolean);
  if (page === undefined) {
    return buildPageUrl('overview') + search;
  }
  const kind = page === ROUTES.resources && kindName !== undefined ? findKindByAnyName(kindName)?.kind : undefined;
  if (kind === undefined) {
    return undefined;
  }
  const list = buildPageUrl('resources');
  if (namespace === undefined || name === undefined) {
    return withSearch(list, search, { kind, ...(namespace === undefined ? {} : { namespace: decode(namespace) }) });
  }
  return kind === kindName ? undefined : [list, kind, namespace, name, ...rest].join('/') + search;
}
