import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { join } from 'node:path';

/**
 * How PostgreSQL's programs are run here. PostgreSQL refuses to run as root, so a Tradegraph that is root runs them in a
 * user namespace or as an unprivileged account; see choose-launcher.ts.
 */
export interface Launcher {
  /** Words that go before the program. */
  readonly wrapper: readonly string[];
  /** The account the programs run as and that must own the cluster's files; null: the one we run as. */
  readonly account: { readonly uid: number; readonly gid: number } | null;
  /** Holds `bin`, `lib` and `share`. */
  readonly binariesHome: string;
  /**
   * How a program names its working directory, where the cluster is. Through /proc it is reached without walking the
   * path to it, which may lead through a directory that is closed to the account, like /root.
   */
  readonly here: '.' | '/proc/self/cwd';
}

export interface LaunchOptions {
  readonly cwd: string;
  readonly stdio: StdioOptions;
  /** In a session of its own, so that the terminal's Ctrl-C does not reach it. */
  readonly detached?: boolean;
}

/**
 * Nothing of our environment is handed on: it holds broker keys, and PG* variables would change what the programs do.
 * The locale keeps messages in the English that the log is searched for.
 */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

export function programPath(launcher: Launcher, program: 'postgres' | 'initdb'): string {
  return join(launcher.binariesHome, 'bin', program);
}

export function launch(
  launcher: Launcher,
  program: 'postgres' | 'initdb',
  args: readonly string[],
  options: LaunchOptions,
): ChildProcess {
  const words = [...launcher.wrapper, programPath(launcher, program), ...args];
  const [file = '', ...rest] = words;
  return spawn(file, rest, { ...options, ...launcher.account, env: ENVIRONMENT });
}

/** Output kept of a program that runs to its end. Its last words say why it failed. */
const OUTPUT_LIMIT_CHARS = 16_384;

/** Runs a program to its end. A program that cannot be started at all answers exit code -1 and the reason as output. */
export function runToEnd(
  launcher: Launcher,
  program: 'postgres' | 'initdb',
  args: readonly string[],
  options: { cwd: string; stdin?: number },
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT_CHARS);
    };
    const child = launch(launcher, program, args, {
      cwd: options.cwd,
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ exitCode: -1, output: error.message }));
    child.once('close', (code, signal) =>
      resolve({ exitCode: code ?? -1, output: signal ? `${output}(${signal})` : output }),
    );
  });
}
