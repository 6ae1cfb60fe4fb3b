import { strategyOf } from './definition.js';

const A_BAR_MS = 5;

/** Busy for a while at each bar: a run that can be watched and called off. */
export default strategyOf('slow', (bar, market) => {
  const end = performance.now() + A_BAR_MS;
  while (performance.now() < end);
  if (bar === 1) market.buy();
});
