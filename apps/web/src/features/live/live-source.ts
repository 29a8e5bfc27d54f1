// Where the live store has its ticks from: a stream whose texts it can read, and the panel's memory.
import { LiveTick } from '../../live/topic.ts';
import type { Topic } from '../../live/topic.ts';
import type { PanelClient } from '../../trpc/client.ts';
import type { TextEvents, TextStream } from './panel-stream.ts';

export interface StreamEvents extends Omit<TextEvents, 'onText'> {
  onTick: (tick: LiveTick) => void;
  /** A tick that this page cannot read: the panel is another version than the page. */
  onForeign: () => void;
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

export function liveSource(stream: TextStream, client: PanelClient): LiveSource {
  return {
    open: (topics, { onTick, onForeign, ...events }) => stream.open(topics, {
      ...events,
      onText: (text) => {
        const tick = parseTick(text);
        if (tick === null) onForeign();
        else onTick(tick);
      },
    }),
    follow: (streamId, topics) => stream.follow(streamId, topics),
    history: (topic, seconds) => client.live.history.query({ topic, seconds }),
  };
}
