import { readFileSync } from 'node:fs';

/** Settings that may stand in a file of their own, whose path is given as `<NAME>_FILE`: as container secrets are handed in. */
const SECRET_SETTINGS = ['DATABASE_URL', 'DATABASE_PASSWORD', 'REDIS_URL', 'KAFKA_SASL_PASSWORD', 'TRACING_HEADERS'];

type Environment = Readonly<Record<string, string | undefined>>;

export interface SecretsRead {
  readonly environment: Environment;
  /** Name of the setting, and what is wrong with it. */
  readonly faults: readonly (readonly [string, string])[];
}

/** The environment with what the secret files hold, without the line break that editors put at their end. */
export function readSecretFiles(
  environment: Environment,
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): SecretsRead {
  const found: Record<string, string> = {};
  const faults: (readonly [string, string])[] = [];
  for (const name of SECRET_SETTINGS) {
    const fileSetting = `${name}_FILE`;
    const path = environment[fileSetting];
    if (path === undefined || path === '') continue;
    if ((environment[name] ?? '') !== '') {
      faults.push([fileSetting, `${name} is set as well: which one counts?`]);
      continue;
    }
    try {
      found[name] = read(path).replace(/[\r\n]+$/, '');
      if (found[name] === '') faults.push([fileSetting, 'the file is empty']);
    } catch (error) {
      faults.push([fileSetting, `cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
    }
  }
  return { environment: { ...environment, ...found }, faults };
}
