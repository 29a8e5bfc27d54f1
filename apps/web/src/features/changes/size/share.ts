// A part of a whole, in percent as people read it: no share of nothing, and what is there is never shown as none of it.
export type Share = { readonly kind: 'percent'; readonly percent: number } | { readonly kind: 'below'; readonly percent: 1 } | { readonly kind: 'unknown' };

export function shareOf(part: number, whole: number): Share {
  if (whole <= 0) return { kind: 'unknown' };
  const percent = (part * 100) / whole;
  return part > 0 && percent < 1 ? { kind: 'below', percent: 1 } : { kind: 'percent', percent: Math.round(percent) };
}
