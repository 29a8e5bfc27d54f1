// Knows which answers are under way for which session, so that the end of a session ends its streams.
import type { ServerResponse } from 'node:http';

// Enough to cover requests that looked their session up a moment before it ended.
const endedKept = 1_000;

export interface Streams {
  /** False: the session has ended meanwhile. */
  hold(sessionId: string, response: ServerResponse): boolean;
  endOf(sessionIds: readonly string[]): void;
  endAll(): void;
}

export function createStreams(): Streams {
  const open = new Map<string, Set<ServerResponse>>();
  const ended = new Set<string>();

  function remember(sessionId: string): void {
    ended.add(sessionId);
    const oldest = ended.values().next();
    if (ended.size > endedKept && !oldest.done) ended.delete(oldest.value);
  }

  return {
    hold: (sessionId, response) => {
      if (ended.has(sessionId)) return false;
      const responses = open.get(sessionId) ?? new Set();
      open.set(sessionId, responses.add(response));
      response.once('close', () => {
        responses.delete(response);
        if (responses.size === 0 && open.get(sessionId) === responses) open.delete(sessionId);
      });
      return true;
    },
    endOf: (sessionIds) => {
      for (const sessionId of sessionIds) {
        remember(sessionId);
        for (const response of open.get(sessionId) ?? []) response.destroy();
      }
    },
    endAll: () => {
      for (const responses of open.values()) for (const response of responses) response.destroy();
    },
  };
}
