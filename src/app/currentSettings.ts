import { parseSettings, type Settings } from './settings';

let settings: Settings = {};

/** Settings of the running app; scenes are built outside of React's tree and read them here. */
export const currentSettings = (): Settings => settings;

/** Takes over the plugin's jsonData; called by the app's root before any scene is built. */
export function takeSettings(jsonData: unknown): void {
  settings = parseSettings(jsonData);
}
