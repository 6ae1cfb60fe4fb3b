import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('is started with the same options of Node by npm, by npx and in the image', () => {
  const [shebang = ''] = textOf('bin/tradegraph.mjs').split('\n', 1);
  const [, options = ''] = /^#!\/usr\/bin\/env -S node (.+)$/.exec(shebang) ?? [];
  expect(options).not.toBe('');

  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  expect(scripts['start']).toBe(`exec node ${options} bin/tradegraph.mjs start`);
  const entry = JSON.stringify(['node', ...options.split(' '), 'bin/tradegraph.mjs']).replaceAll(',', ', ');
  expect(textOf('Dockerfile')).toContain(`ENTRYPOINT ${entry}`);
});
