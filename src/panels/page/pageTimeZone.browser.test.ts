import { RefreshGuardTimeRange } from './RefreshGuardTimeRange';
import { formatTime } from '../../ui/format/formatTime';
import { formatAbsoluteTime } from '../../ui/format/formatAbsoluteTime';

const TIME = Date.UTC(2026, 11, 1, 20, 0, 0);

describe('time zone of a page', () => {
  it.each([
    ['utc', '2026-12-01 20:00:00', '+00:00'],
    ['Asia/Tokyo', '2026-12-02 05:00:00', '+09:00'],
    ['America/New_York', '2026-12-01 15:00:00', '-05:00'],
    ['Asia/Kathmandu', '2026-12-02 01:45:00', '+05:45'],
  ])('is that of its picker: %s', (timeZone, text, offset) => {
    const range = new RefreshGuardTimeRange({ from: 'now-1h', to: 'now' });
    const deactivate = range.activate();
    range.onTimeZoneChange(timeZone);
    expect(formatTime(TIME)).toBe(text);
    expect(formatAbsoluteTime(TIME / 1000)).toBe(`${text} UTC${offset}`);
    deactivate();
  });

  it('is that of the URL when the page opens', () => {
    const deactivate = new RefreshGuardTimeRange({ from: 'now-1h', to: 'now', timeZone: 'Asia/Tokyo' }).activate();
    expect(formatTime(TIME)).toBe('2026-12-02 05:00:00');
    deactivate();
  });
});
