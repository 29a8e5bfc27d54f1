// The shape of what is being loaded; shows itself after 150 ms, so that a quick answer does not flicker.

export interface SkeletonProps {
  /** Said to assistive technology: what is being loaded. */
  label: string;
  /** Lines of a row's height; the shape should equal that of the content. */
  rows?: number | undefined;
  className?: string | undefined;
}

// Uneven, as text is, and the same on every render.
const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-5/6'];

export function Skeleton({ label, rows = 3, className = '' }: SkeletonProps) {
  return (
    <output aria-busy="true" className={`block animate-appear ${className}`}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="flex h-8 items-center px-2" aria-hidden="true">
          <span className={`h-3 rounded-sm bg-line opacity-60 ${widths[row % widths.length] ?? ''}`} />
        </span>
      ))}
    </output>
  );
}
