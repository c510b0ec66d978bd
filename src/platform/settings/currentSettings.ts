import { DEFAULT_LARGE_SEARCH_GB, parseSettings, type Settings } from './settings';

let settings: Settings = {};

/** Returns the settings that `useSettings` applied; scenes, queries, and links read them outside of React's tree. */
export const getCurrentSettings = (): Settings => settings;

/** Returns the bytes above which a search or a download of logs needs a confirmation. */
export const getLargeSearchBytes = (): number => (settings.largeSearchGb ?? DEFAULT_LARGE_SEARCH_GB) * 1e9;

/** Replaces the settings. Only for `useSettings` and tests. */
export function setCurrentSettings(jsonData: unknown): void {
  settings = parseSettings(jsonData);
}
