// Ends a draft and takes it from the panel; where the panel does not, it is kept on as before.
import type { DraftValues } from '@weir/model';
import { faultOf, type Fault } from '../../trpc/fault.ts';
import type { DraftKeeper, DraftStore } from './draft-keeper.ts';

export type Discarded =
  | { readonly kind: 'discarded'; readonly was: DraftValues | null }
  | { readonly kind: 'refused'; readonly fault: Fault };

export async function discardDraft(keeper: DraftKeeper, store: DraftStore): Promise<Discarded> {
  await keeper.end();
  try {
    if (keeper.version !== null) await store.discard(keeper.version);
    return { kind: 'discarded', was: keeper.wanted };
  } catch (error) {
    keeper.goOn();
    return { kind: 'refused', fault: faultOf(error) };
  }
}
