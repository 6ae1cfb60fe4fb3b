import { strategyOf } from './definition.js';

export default strategyOf('loops', (bar) => {
  while (bar === 10);
});
