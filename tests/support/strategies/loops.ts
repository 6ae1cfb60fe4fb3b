import { strategyOf } from './definition.js';

function loop(): never {
  for (;;);
}

export default strategyOf('loops', (bar) => {
  if (bar === 10) loop();
});
