import { DEFAULT_LARGE_SEARCH_GB, parseSettings, type Settings } from './settings';

let settings: Settings = {};

/** Settings of the running app; scenes are built outside of React's tree and read them here. */
export const getCurrentSettings = (): Settings => settings;

/** Bytes above which reading logs is too much to begin without a word. */
export const getLargeSearchBytes = (): number => (settings.largeSearchGb ?? DEFAULT_LARGE_SEARCH_GB) * 1e9;

/** Takes over the plugin's jsonData; called by the app's root before any scene is built. */
export function setCurrentSettings(jsonData: unknown): void {
  settings = parseSettings(jsonData);
}
