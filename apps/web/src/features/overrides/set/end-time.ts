// When an override ends, from what a person chose. Pure.

export const endChoices = ['never', '15', '60', '240', 'at'] as const;
export type EndChoice = (typeof endChoices)[number];

const minuteMs = 60_000;

/** `at` is what a datetime-local input holds, in the reader's zone. Undefined: not a moment after now. */
export function endsAtMs(choice: EndChoice, at: string, nowMs: number): number | null | undefined {
  if (choice === 'never') return null;
  if (choice !== 'at') return nowMs + Number(choice) * minuteMs;
  const chosenMs = new Date(at).getTime();
  return Number.isNaN(chosenMs) || chosenMs <= nowMs ? undefined : chosenMs;
}
