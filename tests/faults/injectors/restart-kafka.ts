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
      await kafka.start();
    });
  },
};
