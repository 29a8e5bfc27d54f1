// Entry point `@weir/lab/postgres`: a PostgreSQL server under our care, lasting (for the launcher) or temporary (for tests).
export { PostgresError } from './postgres/error.ts';
export { findPostgresPrograms, type PostgresPrograms } from './postgres/programs.ts';
export { findRunningPostgres, startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/server.ts';
export { startTemporaryPostgres, type TemporaryPostgres } from './postgres/temporary.ts';
