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

// Testing Library asks for the style of an element many times while it finds a role, and jsdom goes through all rules of all
// style sheets each time. A style is kept until anything in the document changes, or the focus moves.
const computeStyle = window.getComputedStyle.bind(window);
let styles = new WeakMap();
let focused = null;
const changes = new MutationObserver(() => (styles = new WeakMap()));
changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
window.getComputedStyle = (element, pseudoElement) => {
  if (pseudoElement || !document.contains(element)) {
    return computeStyle(element, pseudoElement);
  }
  if (changes.takeRecords().length > 0 || focused !== document.activeElement) {
    styles = new WeakMap();
    focused = document.activeElement;
  }
  const style = styles.get(element) ?? computeStyle(element);
  styles.set(element, style);
  return style;
};
