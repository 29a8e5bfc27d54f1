// Signing in and out, with a limit on attempts and one answer for every wrong combination.
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { audit } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { Email } from '../people/fields.ts';
import { addressHeader } from './better-auth.ts';
import type { BetterAuth } from './better-auth.ts';
import { createLimiter } from './limiter.ts';
import type { Limit } from './limiter.ts';
import type { Sessions } from './sessions.ts';

export interface SignInLimits {
  readonly perAddress: Limit;
  readonly perAccount: Limit;
}

export const usualSignInLimits: SignInLimits = {
  perAddress: { attemptsMax: 20, windowMs: 5 * 60_000 },
  perAccount: { attemptsMax: 10, windowMs: 5 * 60_000 },
};

// Only bounds: a password that the rules for new ones refuse is simply wrong here.
export const Credentials = z.object({ email: Email, password: z.string().min(1).max(1_000) });
export type Credentials = z.infer<typeof Credentials>;

export interface SignIn {
  /** The answer carries the cookie. */
  in(credentials: Credentials, headers: Headers, address: string): Promise<Response>;
  out(headers: Headers, address: string): Promise<Response>;
}

export interface SignInOptions {
  readonly db: Database;
  readonly betterAuth: BetterAuth;
  readonly sessions: Sessions;
  readonly logger: Logger;
  readonly limits: SignInLimits;
  readonly now: () => number;
}

export function createSignIn({ db, betterAuth, sessions, logger, limits, now }: SignInOptions): SignIn {
  const perAddress = createLimiter(limits.perAddress, now);
  const perAccount = createLimiter(limits.perAccount, now);
  const reported = createLimiter({ attemptsMax: 1, windowMs: 60_000 }, now);

  /** Takes the attempt before the password is looked at, so that many at once count too. */
  async function takeAttempt(network: string, email: string, address: string): Promise<void> {
    const waitMs = perAddress.take(network) ?? perAccount.take(email);
    if (waitMs === null) return;
    if (reported.take(`${network} ${email}`) === null) await refused(email, address, 'tooManyAttempts');
    throw new PanelError('tooManyAttempts', { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
  }

  async function refused(email: string, address: string, reason: string): Promise<void> {
    await audit(db, { person: null, address }, {
      action: 'session.signIn', object: { kind: 'account', name: email }, after: { reason }, outcome: 'refused',
    });
  }

  return {
    in: async ({ email, password }, headers, address) => {
      const network = networkOf(address);
      await takeAttempt(network, email, address);
      const told = new Headers(headers);
      told.set(addressHeader, address);
      const answer = await betterAuth.api.signInEmail({ body: { email, password }, headers: told, asResponse: true });
      if (answer.status >= 500) logger.error({ status: answer.status }, 'better-auth could not sign in');
      const user = answer.ok ? await db.user.findUnique({ where: { email } }) : null;
      if (user === null || user.disabledAt !== null) {
        if (user !== null) await sessions.end(db, { userId: user.id });
        await refused(email, address, user === null ? 'wrongEmailOrPassword' : 'disabled');
        throw new PanelError('signInRefused');
      }
      perAddress.giveBack(network);
      perAccount.giveBack(email);
      await audit(db, { person: user, address }, { action: 'session.signIn', object: { kind: 'account', id: user.id, name: email } });
      return answer;
    },
    out: async (headers, address) => {
      const signedIn = await sessions.from(headers);
      const answer = await betterAuth.api.signOut({ headers, asResponse: true });
      if (signedIn !== null) {
        sessions.announceEnd([signedIn.sessionId]);
        const { user } = signedIn;
        await audit(db, { person: user, address }, { action: 'session.signOut', object: { kind: 'account', id: user.id, name: user.email } });
      }
      return answer;
    },
  };
}

/** An IPv6 client has a whole /64 to choose its address from. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // URL writes IPv6 in its one canonical form.
  const canonical = new URL(`http://[${address.split('%')[0] ?? ''}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':');
}
