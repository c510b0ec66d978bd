// Jest setup provided by Grafana scaffolding
import './.config/jest-setup';

// jsdom has none of these; Grafana's components and scenes ask for them when they load.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
global.IntersectionObserver ??= Observer;
global.ResizeObserver ??= Observer;

class Channel {
  constructor() {
    this.port1 = {};
    this.port2 = { postMessage: () => setTimeout(() => this.port1.onmessage?.({})) };
  }
}
global.MessageChannel ??= Channel;

// Browsers have it, jsdom has not.
AbortSignal.timeout ??= (ms) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('signal timed out', 'TimeoutError')), ms);
  return controller.signal;
};

// jsdom has no layout, and asking it for styles is most of the time of a test that opens a page.
jest.mock('@floating-ui/dom', () => ({
  ...jest.requireActual('@floating-ui/dom'),
  autoUpdate: (reference, floating, update) => {
    update();
    return () => {};
  },
  computePosition: async (reference, floating, { placement = 'bottom', strategy = 'absolute' } = {}) => ({
    x: 0,
    y: 0,
    placement,
    strategy,
    middlewareData: {},
  }),
}));
