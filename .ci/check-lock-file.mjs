// `npm install` silently drops an optional binary that a registry mirror lacks, and `npm ci` then fails on another machine.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = [];
for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    let folder = path;
    let found = false;
    while (!found) {
      found = `${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages;
      if (folder === '') break;
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1));
    }
    if (!found) missing.push(`${path || 'package.json'} -> ${name}`);
  }
}
if (missing.length > 0) {
  console.error(`package-lock.json lacks entries of optional packages:\n${missing.join('\n')}`);
  process.exit(1);
}
