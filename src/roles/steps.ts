/** One step of the start, as it is told to whoever watches. */
export interface Step {
  /** Share done, 0 to 1. */
  progress(fraction: number, detail?: string): void;
  done(detail?: string): void;
  failed(reason: string): void;
}

/** Tells what the program is doing. */
export interface Steps {
  begin(name: string): Step;
  say(text: string): void;
}
