// The closing line `N passed, N failed` over all suites; a step that failed, or a suite that did not report, counts as a failure.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [failedSteps, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const unreported = [];
const failures = [];
const secondTries = [];
for (const path of reports) {
  if (!existsSync(path)) {
    unreported.push(basename(path, '.json'));
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const file of report.testResults)
    for (const test of file.assertionResults) {
      const told = `${file.name}: ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 2000)}`;
      if (test.status === 'failed') failures.push(told);
      // What its first try failed with stays with a test that passed at its second.
      else if (test.failureMessages.length > 0) secondTries.push(told);
    }
}
for (const name of unreported) console.log(`\n== no report: ${name}`);
for (const test of secondTries) console.log(`\n== passed only at the second try: ${test}`);
for (const failure of failures) console.log(`\n== failed: ${failure}`);
failed = Math.max(failed, Number(failedSteps), unreported.length);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
