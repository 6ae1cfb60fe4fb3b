import { describe, expect, it } from 'vitest';
import { searchWork } from './search-work.js';

describe('the runs of a search, handed out to its threads', () => {
  it('go to whoever asks, each once, without those that are done', () => {
    const taker = searchWork(7, null, [1, 2]);
    const [first, second] = [taker(), taker()];
    expect([first(2), second(2), first(2), second(2)]).toEqual([[0, 3], [4, 5], [6], []]);
  });

  it('stay with one thread as long as they share what it prepares', () => {
    const taker = searchWork(
      8,
      [
        [0, 2, 4, 6],
        [1, 5],
        [3, 7],
      ],
      [],
    );
    const [first, second] = [taker(), taker()];
    expect([first(3), second(3)]).toEqual([
      [0, 2, 4],
      [1, 5],
    ]);
    expect([second(3), first(3)]).toEqual([[3, 7], [6]]);
    expect([first(3), second(3)]).toEqual([[], []]);
  });

  it('leave out groups that are done, so that nothing is prepared for them', () => {
    const taker = searchWork(
      4,
      [
        [0, 1],
        [2, 3],
      ],
      [0, 1, 2],
    );
    const take = taker();
    expect([take(9), take(9)]).toEqual([[3], []]);
  });
});
