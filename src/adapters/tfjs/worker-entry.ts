/** A script to start a worker thread with. */
export interface WorkerEntry {
  readonly url: URL;
  readonly execArgv: readonly string[];
}

/**
 * Finds a worker's script beside the running code: the compiled file in a build, the TypeScript source where the code
 * itself runs from sources (in tests), so that a test never meets a worker of an older build.
 * @param name file name in src/workers without its ending
 */
export function workerEntry(name: string): WorkerEntry {
  if (!runsFromSources()) return { url: inWorkers(`${name}.js`), execArgv: [] };
  return { url: inWorkers(`${name}.ts`), execArgv: ['--import', inWorkers('run-from-sources.ts').href] };
}

/** The same for long work: its thread stands back from the first line that it loads (src/workers/background-thread.ts). */
export function backgroundWorkerEntry(name: string): WorkerEntry {
  const { url, execArgv } = workerEntry(name);
  const preload = inWorkers(runsFromSources() ? 'background-thread.ts' : 'background-thread.js');
  return { url, execArgv: [...execArgv, '--import', preload.href] };
}

const runsFromSources = (): boolean => import.meta.url.endsWith('.ts');

function inWorkers(file: string): URL {
  return new URL(`../../workers/${file}`, import.meta.url);
}
