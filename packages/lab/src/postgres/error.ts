// The one error of the database server's care: a sentence that says what was tried on which folder, why it failed and what to do.
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
}
