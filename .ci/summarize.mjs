// The closing line `N passed, N failed` over all suites; a step that failed, or a suite that did not report, counts as a failure.
import { existsSync, readFileSync } from 'node:fs';

const [failedSteps, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let unreported = 0;
for (const path of reports) {
  if (!existsSync(path)) {
    unreported += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
}
failed = Math.max(failed, Number(failedSteps), unreported);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
