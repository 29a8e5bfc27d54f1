// The look of a button, also for a link that acts like one; usable in server components.

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:opacity-85',
  secondary: 'border-line bg-panel text-text hover:bg-raised',
  danger: 'border-down bg-panel text-down hover:bg-down-bg',
  quiet: 'border-transparent text-muted hover:bg-raised hover:text-text',
};

export function buttonClass(variant: ButtonVariant = 'secondary', className = ''): string {
  return `inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-sm border px-3 text-base font-medium whitespace-nowrap no-underline select-none disabled:opacity-50 aria-disabled:opacity-60 ${VARIANTS[variant]} ${className}`;
}
