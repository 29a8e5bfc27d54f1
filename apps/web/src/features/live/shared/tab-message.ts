// What the tabs of one browser say to each other about the one stream that they share.
import { z } from 'zod';
import { Topic, Topics } from '../../../live/topic.ts';

const Name = z.string().min(1).max(100);

export const TabMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('follows'), tab: Name, topics: Topics }),
  z.strictObject({ kind: z.literal('leaves'), tab: Name }),
  /** By the tab that holds the stream, again and again; null while the stream is not there. */
  z.strictObject({ kind: z.literal('stream'), holder: Name, streamId: Name.nullable() }),
  /** Null: of a topic that the holder cannot read. */
  z.strictObject({ kind: z.literal('tick'), topic: Topic.nullable(), text: z.string() }),
  z.strictObject({ kind: z.literal('ended') }),
]);
export type TabMessage = z.infer<typeof TabMessage>;

/** The number is that of what `TabMessage` says: tabs with pages of another version have a stream of their own. */
export function sharedName(personId: string): string {
  return `weir-live-1 ${personId}`;
}
