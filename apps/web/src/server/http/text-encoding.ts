// Text of streams as bytes. tRPC takes the global TextEncoderStream for its events, and Node 20's goes through a text character by character:
// with two hundred browsers that was most of what the panel did. This one says the same and takes pieces as they are.

/** The first half of a pair, whose other half may be in the next piece. */
const endsInHalf = /[\uD800-\uDBFF]$/;

export class WholeTextEncoderStream extends TransformStream<string, Uint8Array<ArrayBuffer>> {
  readonly encoding = 'utf-8';
  readonly [Symbol.toStringTag] = 'TextEncoderStream';

  constructor() {
    const encoder = new TextEncoder();
    let half = '';
    super({
      transform: (piece, controller) => {
        const text = half + piece;
        half = endsInHalf.test(text) ? text.slice(-1) : '';
        const bytes = encoder.encode(half === '' ? text : text.slice(0, -1));
        if (bytes.length > 0) controller.enqueue(bytes);
      },
      flush: (controller) => {
        if (half !== '') controller.enqueue(encoder.encode(half));
      },
    });
  }
}

export function encodeWholeText(): void {
  globalThis.TextEncoderStream = WholeTextEncoderStream;
}
