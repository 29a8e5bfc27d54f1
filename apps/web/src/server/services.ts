// What a procedure may use: made once by main.ts, carried by every request's context.
import type { Auth } from './auth/auth.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Database } from './db/database.ts';
import type { Logger } from './logger.ts';

export interface Services extends ControlPlane {
  readonly db: Database;
  readonly auth: Auth;
  readonly logger: Logger;
  /** Removes the setup link's file. */
  readonly setupDone: () => Promise<void>;
}
