// The look that all windows over the page share; the only place with a shadow.

export const backdropClass =
  'fixed inset-0 z-40 bg-veil transition-opacity duration-120 ease-out data-ending-style:opacity-0 data-starting-style:opacity-0';

export const popupClass =
  'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-md border border-line-strong bg-panel text-text shadow-overlay transition-opacity duration-120 ease-out data-ending-style:opacity-0 data-starting-style:opacity-0';
