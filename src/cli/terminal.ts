import { Writable } from 'node:stream';

const BAR_WIDTH = 24;

/** One text stream with at most one status line, which is always the last line and is redrawn in place. */
export class Terminal {
  private status: string | null = null;

  constructor(
    private readonly output: NodeJS.WriteStream,
    /** In-place redrawing needs a terminal; elsewhere status lines are left out. */
    private readonly interactive: boolean = output.isTTY === true,
  ) {}

  line(text: string): void {
    this.clearStatus();
    this.output.write(`${text}\n`);
    this.drawStatus();
  }

  setStatus(text: string | null): void {
    this.clearStatus();
    this.status = text;
    this.drawStatus();
  }

  /** A stream for the logger, whose lines stay above the status line. */
  stream(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.clearStatus();
        this.output.write(chunk);
        this.drawStatus();
        done();
      },
    });
  }

  private clearStatus(): void {
    if (this.interactive && this.status !== null) this.output.write('\r\u001b[2K');
  }

  private drawStatus(): void {
    if (this.interactive && this.status !== null)
      this.output.write(this.status.slice(0, (this.output.columns || 100) - 1));
  }
}

/** `[##########--------------]  42 %`; a fraction outside 0 to 1 is clamped. */
export function progressBar(fraction: number): string {
  const share = Math.min(1, Math.max(0, fraction));
  const filled = Math.round(share * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${String(Math.round(share * 100)).padStart(3)} %`;
}
