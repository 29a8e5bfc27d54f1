// Names the lines of a chart and gives the value at the cursor, else the last.

export interface LegendEntry {
  id: string;
  label: string;
  colour: string;
  dashed: boolean;
  /** Null: the plot says why there is none of any. */
  value: string | null;
}

export function ChartLegend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm" data-chart-legend="">
      {entries.map((entry) => (
        <span key={entry.id} className="inline-flex items-center gap-1.5 text-muted">
          <svg viewBox="0 0 18 4" className="h-1 w-4.5" aria-hidden="true">
            <path d="M0 2h18" stroke={entry.colour} strokeWidth="2" strokeDasharray={entry.dashed ? '7 4' : undefined} />
          </svg>
          <span>{entry.label}</span>
          {entry.value !== null && <span className="min-w-[4ch] font-mono text-text">{entry.value}</span>}
        </span>
      ))}
    </div>
  );
}
