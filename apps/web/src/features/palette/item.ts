// One thing that the palette offers.
export interface PaletteItem {
  /** Of pages and settings their English name too, by which they are found in any language. */
  readonly id: string;
  readonly title: string;
  /** Where it belongs, or its address. */
  readonly sub: string;
  readonly keys?: readonly string[] | undefined;
  readonly act: () => void;
  /** Goes on in the palette: what is typed becomes this. */
  readonly types?: string | undefined;
}

export interface PaletteGroup {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}
