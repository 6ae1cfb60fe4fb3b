import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { eventually } from '../../support/eventually.js';

export interface ProcessSpec {
  readonly name: string;
  /** Arguments of node: the program and its own. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** How long a process may take to be ready, on a machine that is busy and with a database that comes and goes. */
const READY_DEADLINE_MS = 300_000;
/** As long as the program gives itself (15 s) and some. */
const STOP_DEADLINE_MS = 25_000;
/** Pause before one that ended by itself is started again, as a supervisor of containers would. */
const RESTART_AFTER_MS = 250;
const READY = '"msg":"started"';

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A process that is started again whenever it ends, however that came about, until it is stopped for good. */
export class SupervisedProcess {
  readonly name: string;
  /** Ends that nobody asked for: a start while the database was away, or a fault of the program. */
  readonly unasked: string[] = [];
  private child: ChildProcess | null = null;
  private isReady = false;
  private wanted = false;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly log: WriteStream;

  constructor(private readonly spec: ProcessSpec) {
    this.name = spec.name;
    this.log = createWriteStream(spec.logFile, { flags: 'a' });
  }

  get ready(): boolean {
    return this.isReady;
  }

  start(): void {
    this.wanted = true;
    this.launch();
  }

  /** Waits until it is at work. */
  async untilReady(): Promise<void> {
    await eventually(`${this.name} is at work`, () => this.isReady, READY_DEADLINE_MS);
  }

  /** Faults of one process come one after the other; what is done while it is away finds it started again. */
  exclusively<T>(act: () => Promise<T>): Promise<T> {
    const result = this.turn.then(act);
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** Ends it at once and starts it again. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
    this.launch();
  }

  /** Lets it finish what is at hand and starts it again. Answers how it ended. */
  async restart(): Promise<number | NodeJS.Signals> {
    const ending = await this.end('SIGTERM');
    this.launch();
    return ending;
  }

  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Stops it for good; answers how it ended. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.wanted = false;
    const ending = await this.end(signal);
    await new Promise((resolve) => this.log.end(resolve));
    return ending;
  }

  private launch(): void {
    if (!this.wanted || this.child !== null) return;
    const child = spawn(process.execPath, [...this.spec.args], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...this.spec.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    this.child = child;
    this.isReady = false;
    child.stdout.on('data', (text: Buffer) => {
      if (this.child === child && text.includes(READY)) this.isReady = true;
      this.log.write(text);
    });
    child.stderr.on('data', (text: Buffer) => this.log.write(text));
    child.once('close', (code, signal) => {
      running.delete(child);
      if (this.child !== child) return;
      // Nobody asked for it.
      this.child = null;
      this.isReady = false;
      this.unasked.push(String(code ?? signal));
      setTimeout(() => this.launch(), RESTART_AFTER_MS);
    });
  }

  private async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    const { child } = this;
    this.child = null;
    this.isReady = false;
    if (child === null) return 0;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode ?? 0;
    const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    child.kill(signal);
    child.kill('SIGCONT');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
    const [code, ended] = await closed;
    clearTimeout(timer);
    return code ?? ended ?? 0;
  }
}
