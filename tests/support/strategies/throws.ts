import { strategyOf } from './definition.js';

export default strategyOf('throws', (bar) => {
  if (bar === 10) throw new Error('the tenth bar is too much');
});
