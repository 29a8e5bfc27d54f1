// Whether a director has something to go back to from a change. Pure: runs in a browser too.

export interface Turning {
  /** The revision does not name it: it gives the cluster up. */
  readonly leaving: boolean;
  /** The revision that it has accepted; null: none. */
  readonly replaces: number | null;
}

/** What has accepted the revision already only restores it, and what it forwards instead is in no definition. */
export function canGoBack({ leaving, replaces }: Turning, revision: number): boolean {
  return leaving || replaces !== revision;
}
