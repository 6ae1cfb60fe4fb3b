export { DataDirectoryInUseError, EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './errors.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  findRunningServer,
  startEmbeddedPostgres,
} from './start-embedded-postgres.js';
