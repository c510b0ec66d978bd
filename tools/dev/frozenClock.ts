/**
 * A clock for the browser that starts at the time of the snapshot. The data is frozen, but "now" and "last hour" are
 * computed in the browser, so Grafana and the app see the snapshot as if it were live.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PAGE = path.join('views', 'index.html');

/**
 * Returns a script that sets the clock of a page back. The clock runs from there, because timers and debouncing need
 * time to pass, and starts again at the same time when the page is reloaded.
 */
export function createClockScript(frozenAt: Date): string {
  return `(() => {
  const RealDate = Date;
  const offset = ${frozenAt.getTime()} - RealDate.now();
  const now = () => RealDate.now() + offset;
  const FrozenDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  RealDate.prototype.constructor = FrozenDate;
  globalThis.Date = FrozenDate;
})();`;
}

/**
 * Returns Grafana's page with the clock of {@link createClockScript} in front of all other scripts.
 * @param page Grafana's template `public/views/index.html`
 * @throws Error when the page has no head
 */
export function setPageClock(page: string, frozenAt: Date): string {
  const head = /<head[^>]*>/.exec(page);
  if (!head) {
    throw new Error(`${PAGE} of this Grafana has no <head>, so its clock can't be set to the time of the snapshot.`);
  }
  const end = head.index + head[0].length;
  return `${page.slice(0, end)}\n    <script nonce="[[.Nonce]]">${createClockScript(frozenAt)}</script>${page.slice(end)}`;
}

/**
 * Writes a folder that equals Grafana's folder `public`, except for the clock of its page.
 * @param home of an installed Grafana, which stays as it is
 */
export function writePublicFolder(home: string, folder: string, frozenAt: Date): void {
  const original = path.join(home, 'public');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(original)) {
    if (name !== 'views') {
      symlinkSync(path.join(original, name), path.join(folder, name));
    }
  }
  cpSync(path.join(original, 'views'), path.join(folder, 'views'), { recursive: true, dereference: true });
  writeFileSync(path.join(folder, PAGE), setPageClock(readFileSync(path.join(original, PAGE), 'utf8'), frozenAt));
}
