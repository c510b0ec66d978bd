import { renderHook } from '@testing-library/react';
import { getCurrentSettings, setCurrentSettings } from './currentSettings';
import { useSettings } from './useSettings';

describe('useSettings', () => {
  beforeEach(() => setCurrentSettings({}));

  it('returns the settings only after they became current', () => {
    const seen: unknown[] = [];
    renderHook(() => {
      const settings = useSettings(JSON_DATA);
      seen.push([settings?.lokiUid, getCurrentSettings().lokiUid]);
    });
    expect(seen).toEqual([
      [undefined, undefined],
      ['logs', 'logs'],
    ]);
  });

  it('applies changed settings before it returns them', () => {
    const { result, rerender } = renderHook(({ jsonData }) => useSettings(jsonData), {
      initialProps: { jsonData: JSON_DATA },
    });
    rerender({ jsonData: { lokiUid: 'other' } });
    expect(result.current?.lokiUid).toBe('other');
    expect(getCurrentSettings().lokiUid).toBe('other');
  });
});

const JSON_DATA = { lokiUid: 'logs' };
