/** Returns the current URL with other values of parameters. */
export function buildCurrentUrl(params: Record<string, string | number>): URL {
  const url = new URL(window.location.href);
  Object.entries(params).forEach(([name, value]) => url.searchParams.set(name, String(value)));
  return url;
}
