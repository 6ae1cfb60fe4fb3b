import type { Pool } from 'pg';

/** One process to be run: its name, which program it is with which arguments, and when it is started. */
export interface ProcessPlan {
  readonly name: string;
  /** Arguments of node, given its way to the database. */
  readonly args: (connectionString: string) => readonly string[];
  /** True for what sets the input in motion: it is started when all others are at work. */
  readonly startsLast: boolean;
}

/** What goes into the world, and how far it has come. The same input gives the same end, however it is disturbed. */
export interface Input {
  /** Market time before which everything is history: epoch milliseconds. */
  readonly startsAt: number;
  /** Makes databases of these names to begin with; answers their connection strings in this order. */
  prepare(server: string, names: readonly string[]): Promise<readonly string[]>;
  /** Settings of every process of the program, given the seconds that the input is to take (0: as few as possible). */
  environment(seconds: number): Readonly<Record<string, string>>;
  /** Processes that bring it in, so many where there may be several. */
  processes(count: number, seconds: number): readonly ProcessPlan[];
  /** Roles whose start sets it in motion. */
  readonly rolesThatStartLast: readonly string[];
  /** Share that is in the database, 0 to 1. */
  fed(pool: Pool): Promise<number>;
  /** What is wrong with the input on purpose, counted. */
  faults(): Readonly<Record<string, number>>;
}
