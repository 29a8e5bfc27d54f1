// Everything about who is asking, in one place for main.ts to make and for requests to use.
import type { Database } from '../db/database.ts';
import type { Logger } from '../logger.ts';
import { createBetterAuth } from './better-auth.ts';
import { createRefusals } from './refusals.ts';
import type { Refusals } from './refusals.ts';
import { createSessions } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { createSignIn, usualSignInLimits } from './sign-in.ts';
import type { SignIn, SignInLimits } from './sign-in.ts';
import { createTurns, usualTurnLimits } from './turns.ts';
import type { Turns } from './turns.ts';

export interface Auth {
  readonly sessions: Sessions;
  readonly refusals: Refusals;
  readonly signIn: SignIn;
  readonly turns: Turns;
}

export interface AuthOptions {
  readonly db: Database;
  readonly logger: Logger;
  readonly secret: string;
  readonly origins: readonly [string, ...string[]];
  readonly limits?: SignInLimits;
  readonly now?: () => Date;
}

export function createAuth({ db, logger, secret, origins, limits = usualSignInLimits, now = () => new Date() }: AuthOptions): Auth {
  const betterAuth = createBetterAuth({ db, secret, origins });
  const sessions = createSessions(db, betterAuth, now);
  const refusals = createRefusals(db, () => now().getTime());
  const signIn = createSignIn({ db, betterAuth, sessions, logger, limits, now: () => now().getTime() });
  return { sessions, refusals, signIn, turns: createTurns(usualTurnLimits) };
}
