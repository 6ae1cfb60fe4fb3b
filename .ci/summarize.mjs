// The closing line `N passed, N failed` over all suites; a step that failed, or a suite that did not report, counts as a failure.
import { existsSync, readFileSync } from 'node:fs';

const [failedSteps, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let unreported = 0;
const failures = [];
for (const path of reports) {
  if (!existsSync(path)) {
    unreported += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const file of report.testResults)
    for (const test of file.assertionResults.filter((result) => result.status === 'failed'))
      failures.push(`${file.name}: ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 2000)}`);
}
for (const failure of failures) console.log(`\n== failed: ${failure}`);
failed = Math.max(failed, Number(failedSteps), unreported);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
