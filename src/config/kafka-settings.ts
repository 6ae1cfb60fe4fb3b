import { z } from 'zod';
import { setting } from './setting.js';

const BROKERS_FORM = 'must be host:port, several separated by commas';
/** What a topic's name may hold in Kafka, as short as leaves room for the name itself. */
const NAME_PART = /^[\w.-]{1,100}$/;
const BROKER = /^(\[[0-9a-fA-F:.]+\]|[^\s:,/]+):(\d{1,5})$/;

const brokerList = z
  .string()
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine(
    (brokers) =>
      brokers.every((broker) => {
        const port = Number(BROKER.exec(broker)?.[2]);
        return port >= 1 && port <= 65_535;
      }),
    { error: BROKERS_FORM },
  );

const truth = z.stringbool({ error: 'must be true or false' });

export const kafkaSettings = {
  /** Events travel over this Kafka; by the database alone when left out. */
  KAFKA_BROKERS: setting(brokerList.optional()),
  KAFKA_CLIENT_ID: setting(
    z.string().regex(NAME_PART, 'must be 1 to 100 letters, digits, dots, dashes or _').default('tradegraph'),
  ),
  /** Before the names of topics and groups: several deployments can share a cluster. */
  KAFKA_TOPIC_PREFIX: setting(
    z.string().regex(NAME_PART, 'must be 1 to 100 letters, digits, dots, dashes or _').optional(),
  ),
  KAFKA_SSL: setting(truth.default(false)),
  /** PEM of the authorities that the brokers' certificates are checked against; the system's when left out. */
  KAFKA_CA_FILE: setting(z.string().optional()),
  KAFKA_SASL_MECHANISM: setting(z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional()),
  KAFKA_SASL_USERNAME: setting(z.string().optional()),
  /** By KAFKA_SASL_PASSWORD_FILE, better than by itself. */
  KAFKA_SASL_PASSWORD: setting(z.string().optional()),
};

type Environment = Readonly<Record<string, string | undefined>>;
const isSet = (environment: Environment, name: string): boolean => (environment[name] ?? '') !== '';

/** What is wrong with the Kafka settings together: asked beside the schema, which judges each by itself. */
export function kafkaFaults(environment: Environment): (readonly [string, string])[] {
  const has = (name: string): boolean => isSet(environment, name);
  const faults: (readonly [string, string])[] = [];
  const sasl = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];
  if (sasl.some(has)) {
    for (const name of sasl.filter((each) => !has(each))) {
      const asked = name === 'KAFKA_SASL_PASSWORD' ? `${name} (or ${name}_FILE)` : name;
      faults.push([name, `${asked} is needed: SASL takes mechanism, user name and password together`]);
    }
  }
  const ssl = environment['KAFKA_SSL'] ?? '';
  if (has('KAFKA_CA_FILE') && !truth.safeParse(ssl).data) {
    faults.push(['KAFKA_CA_FILE', 'is only used with KAFKA_SSL=true']);
  }
  return faults;
}
