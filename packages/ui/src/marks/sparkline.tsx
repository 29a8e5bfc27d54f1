// The last minutes of one value, small enough for a table row.
import { sparkPath } from './spark-path.ts';

export interface SparklineProps {
  /** Evenly spaced, oldest first; null where nothing was measured. */
  values: readonly (number | null)[];
  /** Says what the line shows. */
  label: string;
  /** The value at the upper edge; by default the largest of the line. */
  top?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
}

export function Sparkline({ values, label, top, width = 72, height = 16 }: SparklineProps) {
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className="inline-block shrink-0 text-s1"
      role="img"
      aria-label={label}
    >
      <path
        d={sparkPath(values, { width, height }, top)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
