import { lasting, type Injector } from './injector.js';

/** The database's disk has no room left for a while; when PostgreSQL ended because of it, it is started again. */
export const fillDisk: Injector = {
  unavailable: ({ engines: { disk } }) =>
    disk.canBeFilled ? null : 'the disk of the database is no mount of its own here (mounting a tmpfs needs root)',
  inject: async (fault, { engines: { disk, server }, onServer }) => {
    await onServer(async () => {
      await disk.fill();
      await lasting(fault.lastsMs);
      await disk.free();
      await server.ensureRunning();
    });
  },
};
