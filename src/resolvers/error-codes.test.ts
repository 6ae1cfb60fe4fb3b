import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ERROR_CODES, ERROR_MEANINGS } from '../domain/error-codes.js';

const PAGE = new URL('../../docs/errors.md', import.meta.url);

it('docs/errors.md lists every code once, with its meaning and a remedy', async () => {
  const rows = (await readFile(PAGE, 'utf8')).matchAll(/^\| `(\w+)`\s*\| (.*?)\s*\| (.*?)\s*\|$/gm);
  const listed = [...rows].map(([, code, meaning, remedy]) => ({ code, meaning, hasRemedy: remedy!.length > 10 }));
  expect(listed).toEqual(ERROR_CODES.map((code) => ({ code, meaning: ERROR_MEANINGS[code], hasRemedy: true })));
});
