// Who asks, and what a role may.
import { Role } from '../db/generated/enums.ts';
import type { Operates } from './operates.ts';

export { Role };

export interface Person extends Operates {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface SignedIn {
  readonly user: Person;
  readonly sessionId: string;
}

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/** Each role may all that the smaller ones may. */
export function roleReaches(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
