/** jsdom has no layout, and asking it for styles is most of the time of a test that opens a page. */
export * from '@floating-ui/dom';

export const autoUpdate = (reference, floating, update) => {
  update();
  return () => {};
};

export const computePosition = async (reference, floating, { placement = 'bottom', strategy = 'absolute' } = {}) => ({
  x: 0,
  y: 0,
  placement,
  strategy,
  middlewareData: {},
});
