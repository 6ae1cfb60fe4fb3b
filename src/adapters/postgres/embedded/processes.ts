import { readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';

/**
 * A name for the servers of one data directory, which every process of such a server carries in its command line (it is
 * PostgreSQL's `cluster_name`). It is made of the directory's inode, so that a copied directory has another name while a
 * moved one keeps it, and so that a reused process id is never taken for our server.
 */
export async function clusterTag(dataDir: string): Promise<string> {
  const { dev, ino } = await stat(dataDir, { bigint: true });
  return `tradegraph-${dev.toString(36)}-${ino.toString(36)}`;
}

/** Whether `pid` is alive and is the postmaster (not one of its children) of the cluster named `tag`. */
export function isPostmaster(pid: number, tag: string): boolean {
  const commandLine = commandLineOf(pid);
  return commandLine !== null && belongsTo(commandLine, tag) && !commandLine.startsWith('postgres: ');
}

/** The ids of all live processes of the cluster named `tag`, the postmaster and its children. */
export function clusterProcessIds(tag: string): number[] {
  return allProcessIds().filter((pid) => {
    const commandLine = commandLineOf(pid);
    return commandLine !== null && belongsTo(commandLine, tag);
  });
}

/** Whether the process id is taken: by a live process, anyone's, or by a zombie. */
export function idExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/**
 * When `pid` started, in a unit of the platform's own that only serves to tell two processes with one id apart;
 * null when there is no such process, or only its zombie.
 */
export function processStart(pid: number): string | null {
  if (process.platform === 'linux') {
    const text = readText(`/proc/${pid}/stat`);
    if (text === null) return null;
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' || startTicks === undefined ? null : startTicks;
  }
  const started = runPs(['-o', 'lstart=', '-p', String(pid)]);
  return started === '' ? null : started.replaceAll(/\W/g, '');
}

function belongsTo(commandLine: string, tag: string): boolean {
  // The first word keeps out an editor or a grep that only mentions the tag.
  const program = commandLine.split(/[\0 ]/, 1)[0] ?? '';
  return /(^|\/)postgres:?$/.test(program) && commandLine.split(/[\0 ]/).some((word) => wordNames(word, tag));
}

/** `cluster_name=TAG` in the postmaster's arguments, `TAG:` in the titles of its children. */
function wordNames(word: string, tag: string): boolean {
  return word === `cluster_name=${tag}` || word === `${tag}:`;
}

function allProcessIds(): number[] {
  const names = process.platform === 'linux' ? readdirSync('/proc') : runPs(['-axo', 'pid=']).split(/\s+/);
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Null for a process that is gone, and for a zombie, which has no command line any more. */
function commandLineOf(pid: number): string | null {
  const text =
    process.platform === 'linux' ? readText(`/proc/${pid}/cmdline`) : runPs(['-o', 'command=', '-p', String(pid)]);
  return text === null || text === '' ? null : text;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A process may end between being listed and being read.
    return null;
  }
}

function runPs(args: string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // ps exits with 1 when no process matches.
    return '';
  }
}
