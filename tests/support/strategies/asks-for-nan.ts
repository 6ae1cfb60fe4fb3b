import { strategyOf } from './definition.js';

export default strategyOf('asks-for-nan', (bar, market) => {
  if (bar === 10) market.buy({ limit: NaN });
});
