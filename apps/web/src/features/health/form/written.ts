// Values of the form as a person writes them: seconds with tenths, ranges of status codes.
import { statusesText } from '../../words/health-text.ts';

const secondsPattern = /^\d{1,7}(?:[.,]\d{1,3})?$/;

/** NaN where it is no time. */
export function readSeconds(text: string): number {
  const trimmed = text.trim();
  return secondsPattern.test(trimmed) ? Math.round(Number(trimmed.replace(',', '.')) * 1_000) : Number.NaN;
}

/** Nothing written is nothing set. */
export function readOptionalSeconds(text: string): number | null {
  return text.trim() === '' ? null : readSeconds(text);
}

export function writeSeconds(ms: unknown): string {
  return typeof ms === 'number' && Number.isFinite(ms) ? String(ms / 1_000) : '';
}

export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

const rangePattern = /^(\d{1,4})(?:[-–](\d{1,4}))?$/;

/** "200-299, 301"; a part that is none is a range of no numbers, for the form to refuse. */
export function readStatuses(text: string): StatusRange[] {
  const parts = text.replaceAll(/\s*[-–]\s*/g, '-').split(/[\s,;]+/).filter((part) => part !== '');
  return parts.map((part) => {
    const [, from, to] = rangePattern.exec(part) ?? [];
    return { from: from === undefined ? Number.NaN : Number(from), to: from === undefined ? Number.NaN : Number(to ?? from) };
  });
}

export function writeStatuses(statuses: unknown): string {
  return Array.isArray(statuses) ? statusesText(statuses.filter((range: StatusRange) => Number.isFinite(range.from))) : '';
}
