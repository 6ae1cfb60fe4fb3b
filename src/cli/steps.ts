import type { Logger } from '../ports/logger.js';
import type { Step, Steps } from '../roles/steps.js';
import { progressBar, type Terminal } from './terminal.js';

const BAR_AFTER_MS = 1_000;
const REPORT_EVERY_MS = 2_000;

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** For people: a line a finished step, a bar while one takes longer than a second. */
export class TerminalSteps implements Steps {
  constructor(private readonly terminal: Terminal) {}

  begin(name: string): Step {
    const since = performance.now();
    const end = (mark: string, detail: string | undefined) => {
      this.terminal.setStatus(null);
      this.terminal.line(`  ${mark} ${name}${detail === undefined ? '' : `: ${detail}`} (${seconds(since)})`);
    };
    return {
      progress: (fraction, detail = '') => {
        if (performance.now() - since >= BAR_AFTER_MS)
          this.terminal.setStatus(`  ${progressBar(fraction)} ${name} ${detail}`);
      },
      done: (detail) => end('✓', detail),
      failed: (reason) => end('✗', reason),
    };
  }

  say(text: string): void {
    this.terminal.line(text);
  }
}

/** For log collectors: the same as structured log lines, progress every two seconds. */
export class LoggedSteps implements Steps {
  constructor(private readonly logger: Logger) {}

  begin(name: string): Step {
    const since = performance.now();
    let reported = since;
    return {
      progress: (fraction, detail) => {
        if (performance.now() - reported < REPORT_EVERY_MS) return;
        reported = performance.now();
        this.logger.info({ step: name, fraction, detail }, 'step progresses');
      },
      done: (detail) => this.logger.info({ step: name, detail, took: seconds(since) }, 'step done'),
      failed: (reason) => this.logger.error({ step: name, reason, took: seconds(since) }, 'step failed'),
    };
  }

  say(text: string): void {
    for (const line of text.split('\n')) if (line.trim() !== '') this.logger.info({}, line.trim());
  }
}
