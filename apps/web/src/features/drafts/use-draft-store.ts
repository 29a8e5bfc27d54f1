'use client';
// Where the drafts of one person and one cluster are kept: the panel.
import type { DraftValues } from '@weir/model';
import { useMemo } from 'react';
import { useTRPCClient } from '../../trpc/client.ts';
import type { DraftStore } from './draft-keeper.ts';

/** The revision that is changed; null: a cluster that is not there yet. */
export interface DraftOf {
  readonly clusterId: string;
  readonly base: number;
}

export function useDraftStore(of: DraftOf | null): DraftStore {
  const { drafts } = useTRPCClient();
  const clusterId = of?.clusterId;
  const base = of?.base;
  return useMemo(() => {
    if (clusterId === undefined || base === undefined) {
      return {
        read: () => drafts.mineNew.query({}), discard: (version: number) => drafts.discardNew.mutate({ version }),
        save: (version: number | null, values: DraftValues) => drafts.saveNew.mutate({ version, values }),
      };
    }
    return {
      read: () => drafts.mine.query({ clusterId }), discard: (version: number) => drafts.discard.mutate({ clusterId, version }),
      save: (version: number | null, values: DraftValues) => drafts.save.mutate({ clusterId, base, version, values }),
    };
  }, [drafts, clusterId, base]);
}
