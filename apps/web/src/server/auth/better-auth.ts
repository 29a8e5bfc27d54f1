// better-auth as the panel uses it: passwords and signed session cookies. Its routes are not served; ours call it.
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { Database } from '../db/database.ts';

export const sessionHours = 12;
/** How our sign-in tells it the client's address; what a client sends under this name is overwritten. */
export const addressHeader = 'x-weir-client-address';

export interface BetterAuthOptions {
  readonly db: Database;
  /** Signs the cookies. */
  readonly secret: string;
  /** The first is the panel's own. */
  readonly origins: readonly [string, ...string[]];
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;

export function createBetterAuth({ db, secret, origins }: BetterAuthOptions) {
  return betterAuth({
    appName: 'Weir',
    baseURL: origins[0],
    basePath: '/api/auth',
    trustedOrigins: [...origins],
    secret,
    database: prismaAdapter(db, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      additionalFields: {
        role: { type: ['viewer', 'operator', 'admin'], required: true, input: false, defaultValue: 'viewer' },
        disabledAt: { type: 'date', required: false, input: false },
        clustersLimited: { type: 'boolean', required: true, input: false, defaultValue: false },
      },
    },
    session: {
      // From sign-in on, whatever is done meanwhile.
      expiresIn: sessionHours * 3_600,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: { seenAt: { type: 'date', required: false, input: false } },
    },
    advanced: {
      cookiePrefix: 'weir',
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // A Secure cookie would be dropped on plain http, which the panel speaks on loopback.
      useSecureCookies: origins[0].startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
    },
    // The panel limits attempts itself, per address and account.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}
