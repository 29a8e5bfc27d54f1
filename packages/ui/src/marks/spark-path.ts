// A sparkline's path: even steps, from 0 up, a break at each gap.

export interface SparkSize {
  width: number;
  height: number;
}

/** SVG path data; empty when nothing is known. A value between two gaps is drawn as a dot by the round line end. */
export function sparkPath(values: readonly (number | null)[], { width, height }: SparkSize, top: number | null = null): string {
  const largest = top ?? values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  // One pixel of room above and below keeps the whole stroke inside.
  const yOf = (value: number) => height - 1 - (largest > 0 ? Math.min(1, value / largest) : 0) * (height - 2);
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const at = `${round(index * step)} ${round(yOf(value))}`;
    const alone = !drawing && (values[index + 1] ?? null) === null;
    path += alone ? `M${at}h0` : `${drawing ? 'L' : 'M'}${at}`;
    drawing = true;
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
