export const APP_PATH = '/a/kubeedge-sedna-app';

/** Query parameters of a URL; a list repeats its parameter. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** Builds the URL of a page of the app. */
export function toUrl(path: string, query: Query = {}): string {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      (typeof value === 'object' ? value : [value]).map((each) => [key, String(each)])
    )
  );
  return `${APP_PATH}/${path}${params.size > 0 ? `?${params}` : ''}`;
}

export interface ResourceAddress {
  /** A lifelong learning job unless given. */
  kind?: string;
  namespace?: string;
  name: string;
}

/** Returns the path of an object's page below the app's root. */
export const toResourcePath = (
  { kind = 'LifelongLearningJob', namespace = 'default', name }: ResourceAddress,
  tab = ''
): string => `resources/${kind}/${namespace}/${name}${tab && `/${tab}`}`;
