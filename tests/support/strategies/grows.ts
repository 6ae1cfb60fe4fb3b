import { strategyOf } from './definition.js';

const NUMBERS = 1_000_000;
const kept: unknown[] = [];

function grow(): never {
  for (;;) kept.push(Array.from({ length: NUMBERS }, (_, index) => index / 3));
}

export default strategyOf('grows', (bar) => {
  if (bar === 10) grow();
});
