// Draws what waits, two in an animation frame: a page of charts that all have new values holds no frame up, and a hidden page draws nothing.

const perFrame = 2;
const waiting = new Map<object, () => void>();
let asked = false;

/** Once per owner, with what it asked for last; the answer takes the wish back. */
export function inFrame(owner: object, draw: () => void): () => void {
  waiting.set(owner, draw);
  ask();
  return () => {
    if (waiting.get(owner) === draw) waiting.delete(owner);
  };
}

function ask(): void {
  if (asked || waiting.size === 0) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    for (const [owner, draw] of [...waiting].slice(0, perFrame)) {
      waiting.delete(owner);
      draw();
    }
    ask();
  });
}
