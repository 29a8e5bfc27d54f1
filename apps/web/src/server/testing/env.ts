// What tests take from the environment.
import process from 'node:process';

/** A PostgreSQL server on which tests may create and drop databases of their own; without it they start the embedded one. */
export const testServerUrl = process.env['WEIR_TEST_DATABASE_URL'];

export const environment = process.env;
