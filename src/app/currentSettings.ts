import { ASK_ABOVE_GB, parseSettings, type Settings } from './settings';

let settings: Settings = {};

/** Settings of the running app; scenes are built outside of React's tree and read them here. */
export const currentSettings = (): Settings => settings;

/** Bytes above which reading logs is too much to begin without a word. */
export const askAboveBytes = (): number => (settings.logsAskAboveGb ?? ASK_ABOVE_GB) * 1e9;

/** Takes over the plugin's jsonData; called by the app's root before any scene is built. */
export function takeSettings(jsonData: unknown): void {
  settings = parseSettings(jsonData);
}
