// Weir's sign: water over a low dam.
export function Mark() {
  return (
    <svg viewBox="0 0 16 12" className="inline-block h-3 w-4 align-[-1px]" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <path d="M.5 3.5c1.5-1.6 3-1.6 4.5 0s3 1.6 4.5 0V9c0 1.6 2 2 3.2.6.9-1 1.8-1 2.8-.4M9.5 5v6.5" />
    </svg>
  );
}
