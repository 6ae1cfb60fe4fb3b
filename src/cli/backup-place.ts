import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ExplainedError } from '../roles/explained-error.js';

/** Names of one form, so that their order is that of their making: `tradegraph-20260131T235959Z.tar`. */
const BACKUP_NAME = /^tradegraph-\d{8}T\d{6}Z\.tar$/;

/** Where a backup goes: the file itself, or a name of its own in a folder. */
export async function newBackupPath(place: string, nowMs: number): Promise<string> {
  const path = resolve(place);
  if (!(await isFolder(path))) return path;
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return join(path, `tradegraph-${time}.tar`);
}

/** The backup that is meant: the file itself, or the newest that this command has named in a folder. */
export async function existingBackupPath(place: string): Promise<string> {
  const path = resolve(place);
  if (!(await isFolder(path))) return path;
  const newest = (await readdir(path))
    .filter((name) => BACKUP_NAME.test(name))
    .toSorted()
    .at(-1);
  if (newest === undefined) throw new ExplainedError(`${path} holds no backup (tradegraph-<time>.tar).`);
  return join(path, newest);
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() === true;
