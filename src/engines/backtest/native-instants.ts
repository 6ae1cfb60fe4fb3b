import type { NativeTrack } from './native-track.js';

/** When a run's slices are: of each, the open time of its bars and the time at which they close. */
export interface Instants {
  readonly times: Float64Array;
  readonly closeTimes: Float64Array;
}

/** The instants ahead of tracks that have not begun: the close times of all their bars, each once, ascending. */
export function instantsOf(tracks: readonly NativeTrack[]): Instants {
  const [first] = tracks;
  if (tracks.length === 1 && first !== undefined) {
    const next = first.barIndex + 1;
    return { times: first.series.timestamps.subarray(next), closeTimes: first.closeTimes.subarray(next) };
  }
  const bars = tracks.reduce((sum, track) => sum + track.barsLeft, 0);
  const times = new Float64Array(bars);
  const closeTimes = new Float64Array(bars);
  const next = tracks.map((track) => track.barIndex + 1);
  let openTime = -Infinity;
  let count = 0;
  for (;;) {
    let time = Infinity;
    tracks.forEach((track, k) => {
      time = Math.min(time, track.closeTimes[next[k] as number] ?? Infinity);
    });
    if (time === Infinity) return { times: times.slice(0, count), closeTimes: closeTimes.slice(0, count) };
    tracks.forEach((track, k) => {
      const index = next[k] as number;
      if (track.closeTimes[index] !== time) return;
      // Of symbols that open at different hours, the one that closes later may have opened earlier.
      openTime = Math.max(openTime, track.series.timestamps[index] as number);
      next[k] = index + 1;
    });
    times[count] = openTime;
    closeTimes[count] = time;
    count += 1;
  }
}
