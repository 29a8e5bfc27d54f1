// Which revision another is compared with: the one in the address, else what a reader most likely asks for. Pure.
import type { RevisionDetail } from '../../server/clusters/cluster-view.ts';

/** What is not approved is compared with what is wanted, the others with the one before; null for the first, which has none. */
export function comparedWith(revision: Pick<RevisionDetail, 'number' | 'wantedNumber' | 'approval'>, asked: string | null): number | null {
  const from = asked !== null && /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : null;
  if (from !== null) return from;
  const { number, wantedNumber, approval } = revision;
  if (approval.state === 'proposed' || approval.state === 'rejected') return wantedNumber;
  return number > 1 ? number - 1 : null;
}
