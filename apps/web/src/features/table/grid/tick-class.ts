// The look of the box that selects a row: drawn in the colours of the panel, 24 px to a finger.

export const tickClass = 'relative size-4 shrink-0 appearance-none rounded-sm border border-line-strong bg-panel checked:border-accent checked:bg-accent '
  + 'before:absolute before:-inset-1 checked:after:absolute checked:after:top-px checked:after:left-1 checked:after:h-2 checked:after:w-1 checked:after:rotate-45 '
  + 'checked:after:border-r-2 checked:after:border-b-2 checked:after:border-on-accent';
