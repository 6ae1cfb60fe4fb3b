import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Deployment } from '../../domain/deployment.js';
import { err, type Result } from '../../domain/result.js';
import type { RunTrace } from '../../domain/run-trace.js';
import type { DeploymentReplayer, ReplayedDeployment } from '../../ports/parity.js';
import { backgroundWorkerEntry } from '../tfjs/worker-entry.js';

/** Replays deployments, each in a worker thread of its own that is ended at a deadline. */
export class ParityThread implements DeploymentReplayer {
  constructor(private readonly deadlineMs: number) {}

  async codeChangedAt({ reference, createdAt }: Deployment): Promise<number | null> {
    if (reference.kind !== 'FILE') return null;
    const file = await stat(reference.path).catch(() => null);
    return file !== null && file.mtimeMs > createdAt ? file.mtimeMs : null;
  }

  async replay(replayed: ReplayedDeployment): Promise<Result<RunTrace, string>> {
    const entry = backgroundWorkerEntry('parity-worker');
    const worker = new Worker(entry.url, { workerData: replayed, execArgv: [...entry.execArgv] });
    let timer: NodeJS.Timeout | null = null;
    try {
      return await new Promise<Result<RunTrace, string>>((resolve, reject) => {
        timer = setTimeout(() => resolve(err(`it took longer than ${this.deadlineMs} ms`)), this.deadlineMs);
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`the thread of a comparison ended with code ${code}`)));
      });
    } finally {
      if (timer !== null) clearTimeout(timer);
      await worker.terminate();
    }
  }
}
