// Keys pressed on a page that is drawn but cannot act yet: kept until it can, so that who types at once is heard.

// A sequence has two; whoever types more does not mean all of them.
const keptMax = 4;

declare global {
  interface Window {
    /** Gives what was pressed, and keeps nothing any more. */
    weirTakeEarlyKeys?: () => KeyboardEvent[];
  }
}

/** Runs before the page is drawn. */
export const earlyKeysScript = `(()=>{const k=[],f=e=>{k.push(e);if(k.length>${keptMax})k.shift()};
document.addEventListener('keydown',f);window.weirTakeEarlyKeys=()=>{document.removeEventListener('keydown',f);return k.splice(0)}})()`;

export function takeEarlyKeys(): readonly KeyboardEvent[] {
  return window.weirTakeEarlyKeys?.() ?? [];
}
