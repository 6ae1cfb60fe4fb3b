#!/usr/bin/env node
// Asks the process in the same container whether it is ready; exit code 0 says that it is. What a HEALTHCHECK runs.
const DEADLINE_MS = 4_000;
const port = process.env.HEALTH_PORT || process.env.PORT || '4000';

try {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(DEADLINE_MS) });
  if (response.ok) process.exit(0);
  console.error(`not ready: ${response.status} ${await response.text()}`);
} catch (error) {
  console.error(`no answer on port ${port}: ${error instanceof Error ? error.message : String(error)}`);
}
process.exit(1);
