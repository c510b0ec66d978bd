import { useLayoutEffect, useState } from 'react';
import { getCurrentSettings, setCurrentSettings } from './currentSettings';
import type { Settings } from './settings';

/**
 * Makes the plugin's jsonData the current settings, for scenes and requests that run outside of React's tree.
 * @returns undefined until they are current; render nothing that reads them before
 */
export function useSettings(jsonData: unknown): Settings | undefined {
  const [applied, setApplied] = useState<{ jsonData: unknown; settings: Settings }>();
  // An effect, because rendering must not write what others read: React may repeat or drop a render.
  useLayoutEffect(() => {
    setCurrentSettings(jsonData);
    // The second render is intended: only it may read the settings.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setApplied({ jsonData, settings: getCurrentSettings() });
  }, [jsonData]);
  return applied?.jsonData === jsonData ? applied?.settings : undefined;
}
