import { strategyOf } from './definition.js';

const kept: unknown[] = [];

export default strategyOf('grows', (bar) => {
  while (bar === 10) kept.push(new Array(1_000_000).fill({}));
});
