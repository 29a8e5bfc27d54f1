// The one stream of a tab, as the live store uses it.
import { LiveTick } from '../../live/topic.ts';
import type { Topic } from '../../live/topic.ts';
import type { PanelClient } from '../../trpc/client.ts';

export interface StreamEvents {
  /** The stream is there, also after it began again. */
  onOpen: (streamId: string) => void;
  onTick: (tick: LiveTick) => void;
  /** A tick that this page cannot read: the panel is another version than the page. */
  onForeign: () => void;
  /** Lost, and tried again by itself. */
  onLost: () => void;
  /** Ended for good. */
  onEnd: () => void;
}

export interface LiveSource {
  open(topics: readonly Topic[], events: StreamEvents): () => void;
  follow(streamId: string, topics: readonly Topic[]): Promise<void>;
  history(topic: Topic, seconds: number): Promise<readonly LiveTick[]>;
}

function parseTick(text: string): LiveTick | null {
  try {
    const parsed = LiveTick.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function panelSource(client: PanelClient): LiveSource {
  return {
    open: (topics, { onOpen, onTick, onForeign, onLost, onEnd }) => {
      // Leaving a stream completes it as its end does: what comes after is nobody's.
      let left = false;
      const end = () => {
        if (!left) onEnd();
      };
      const stream = client.live.stream.subscribe({ topics: [...topics] }, {
        onData: (event) => {
          if (typeof event !== 'string') {
            onOpen(event.streamId);
            return;
          }
          const tick = parseTick(event);
          if (tick === null) onForeign();
          else onTick(tick);
        },
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'connecting' && error !== null) onLost();
        },
        onError: end,
        onComplete: end,
      });
      return () => {
        left = true;
        stream.unsubscribe();
      };
    },
    follow: async (streamId, topics) => {
      await client.live.follow.mutate({ streamId, topics: [...topics] });
    },
    history: (topic, seconds) => client.live.history.query({ topic, seconds }),
  };
}
