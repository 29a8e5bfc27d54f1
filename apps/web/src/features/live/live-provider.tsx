'use client';
// Gives pages what is live, and stops the stream while nobody looks.
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Topic } from '../../live/topic.ts';
import { useTRPCClient } from '../../trpc/client.ts';
import { usePerson } from '../session/person.tsx';
import { markSignedOut, useSignedOut } from '../session/signed-out.ts';
import { liveSource } from './live-source.ts';
import { createLiveStore, type LiveState, type LiveStore } from './live-store.ts';
import { panelStream } from './panel-stream.ts';
import { sharedWhereItCan } from './shared/shared-stream.ts';
import { emptyView, type TopicView } from './topic-buffer.ts';

const LiveContext = createContext<LiveStore | null>(null);

const notYet: LiveState = { link: 'connecting', pausedSinceMs: null, pausedBy: null };

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useTRPCClient();
  const { id } = usePerson();
  const [store] = useState(() => createLiveStore(liveSource(sharedWhereItCan(panelStream(client), id), client), Date.now, () => {
    // The browser hides why a stream was refused, and gives another tab's sign-in to this one too.
    void client.session.me.query().then((person) => person?.id !== id && markSignedOut(), () => undefined);
  }));
  const signedOut = useSignedOut();
  useEffect(() => {
    // Nothing of whoever is signed in now belongs on this page.
    if (signedOut) return undefined;
    const look = () => store.setVisible(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      store.close();
    };
  }, [store, signedOut]);
  return <LiveContext value={store}>{children}</LiveContext>;
}

export function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (store === null) throw new Error('useLiveStore: outside of LiveProvider');
  return store;
}

export function useLiveState(): LiveState {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, store.state, () => notYet);
}

export interface FollowedTopic {
  /** As it is now: for charts, which stand still by themselves. */
  readonly now: TopicView;
  /** As it was when it was paused. */
  readonly shown: TopicView;
}

export function useTopic(topic: Topic): FollowedTopic {
  const store = useLiveStore();
  useEffect(() => store.follow(topic), [store, topic]);
  const now = useSyncExternalStore(store.subscribe, useCallback(() => store.now(topic), [store, topic]), () => emptyView);
  const shown = useSyncExternalStore(store.subscribe, useCallback(() => store.shown(topic), [store, topic]), () => emptyView);
  return { now, shown };
}
