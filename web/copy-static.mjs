// Puts the page's own files beside its compiled scripts, so that one directory holds all that is served.
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const from = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const to = join(from, '../dist/web');
for (const name of readdirSync(from)) {
  if (/\.(html|css|svg)$/.test(name)) copyFileSync(join(from, name), join(to, name));
}
