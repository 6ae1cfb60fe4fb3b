import { describe, expect, it } from 'vitest';
import { readSecretFiles } from './secret-files.js';

const files: Record<string, string> = { '/run/secrets/url': 'postgres://u:p@db/t\n', '/run/secrets/empty': '\n' };
const read = (path: string): string => {
  const text = files[path];
  if (text === undefined) throw new Error('no such file');
  return text;
};

const faultsOf = (given: Record<string, string>) => readSecretFiles(given, read).faults.map((fault) => fault.join(' '));

describe('secrets by file', () => {
  it('are read as if they stood in the environment', () => {
    const { environment, faults } = readSecretFiles({ DATABASE_URL_FILE: '/run/secrets/url', PORT: '1' }, read);
    expect([environment['DATABASE_URL'], environment['PORT'], faults]).toEqual(['postgres://u:p@db/t', '1', []]);
  });

  it('are refused when they cannot be read, are empty, or are given twice', () => {
    expect(faultsOf({ DATABASE_URL_FILE: '/nowhere' })).toEqual(['DATABASE_URL_FILE cannot be read: no such file']);
    expect(faultsOf({ REDIS_URL_FILE: '/run/secrets/empty' })).toEqual(['REDIS_URL_FILE the file is empty']);
    expect(faultsOf({ DATABASE_URL_FILE: '/run/secrets/url', DATABASE_URL: 'postgres://x/y' })[0]).toMatch(/as well/);
  });
});
