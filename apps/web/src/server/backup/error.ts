// Why a backup or a restore does not happen: one sentence for a person at a terminal.
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
