import { strategyOf } from './definition.js';

export default strategyOf('dies', (bar) => {
  if (bar === 10) process.exit(3);
});
