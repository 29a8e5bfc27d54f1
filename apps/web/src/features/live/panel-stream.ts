// A stream of ticks from the panel, as the text they come in.
import type { Topic } from '../../live/topic.ts';
import type { PanelClient } from '../../trpc/client.ts';

export interface TextEvents {
  /** The stream is there, also after it began again. */
  onOpen: (streamId: string) => void;
  onText: (text: string) => void;
  /** Lost, and tried again by itself. */
  onLost: () => void;
  /** Ended for good. */
  onEnd: () => void;
}

export interface TextStream {
  open(topics: readonly Topic[], events: TextEvents): () => void;
  follow(streamId: string, topics: readonly Topic[]): Promise<void>;
}

/** Before it is there, nothing else notices that nobody answers. */
const openDeadlineMs = 15_000;

export function panelStream(client: PanelClient): TextStream {
  return {
    open: (topics, { onOpen, onText, onLost, onEnd }) => {
      // Leaving a stream completes it as its end does: what comes after is nobody's.
      let left = false;
      const end = () => {
        clearTimeout(opening);
        if (!left) onEnd();
        left = true;
      };
      const opening = setTimeout(() => {
        end();
        stream.unsubscribe();
      }, openDeadlineMs);
      const stream = client.live.stream.subscribe({ topics: [...topics] }, {
        onData: (event) => {
          if (typeof event === 'string') {
            onText(event);
            return;
          }
          clearTimeout(opening);
          onOpen(event.streamId);
        },
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'connecting' && error !== null) onLost();
        },
        onError: end,
        onComplete: end,
      });
      return () => {
        left = true;
        clearTimeout(opening);
        stream.unsubscribe();
      };
    },
    follow: async (streamId, topics) => {
      await client.live.follow.mutate({ streamId, topics: [...topics] });
    },
  };
}
