import type { KafkaBroker } from '../../support/kafka-broker.js';
import { lasting, type Injector } from './injector.js';

/** The broker is away for a while: half of the times it is killed, half of the times it is stopped in good order. */
const KILLED_SHARE = 0.5;

export const restartKafka: Injector = {
  unavailable: ({ engines }) => (engines.kafka === null ? 'events travel over PostgreSQL here (--services)' : null),
  inject: async (fault, { engines: { kafka }, onServices }) => {
    if (kafka === null) return;
    await onServices(async () => {
      if (fault.draw < KILLED_SHARE) await kafka.kill();
      else await kafka.stop();
      await lasting(fault.lastsMs);
      await startAgain(kafka);
    });
  },
};

/** On a machine that is busy a JVM may take longer than one start is waited for: the world is without a broker until then. */
const START_ATTEMPTS_MAX = 3;

async function startAgain(kafka: KafkaBroker): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kafka.start();
    } catch (error) {
      if (attempt === START_ATTEMPTS_MAX) throw error;
      await kafka.kill();
    }
  }
}
