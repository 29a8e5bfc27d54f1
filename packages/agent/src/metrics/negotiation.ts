// Which of the two formats a scraper is given: the one that it likes more, and Prometheus' own where it says nothing.
import type { Format } from './text-format.ts';

const LONGEST_ACCEPT = 2_000;

interface Offer {
  readonly format: Format;
  readonly quality: number;
}

function offerOf(range: string): readonly Offer[] {
  const [type = '', ...rest] = range.split(';').map((part) => part.trim().toLowerCase());
  const parameters = new Map(rest.map((part): [string, string] => {
    const [name = '', value = ''] = part.split('=', 2);
    return [name.trim(), value.trim().replace(/^"|"$/g, '')];
  }));
  const quality = Number(parameters.get('q') ?? 1);
  if (!(quality > 0 && quality <= 1)) return [];
  const version = parameters.get('version');
  if (type === 'application/openmetrics-text') return version === undefined || version === '1.0.0' ? [{ format: 'openMetrics', quality }] : [];
  if (type === 'text/plain') return version === undefined || version === '0.0.4' ? [{ format: 'prometheus', quality }] : [];
  return type === '*/*' || type === 'text/*' ? [{ format: 'prometheus', quality }] : [];
}

/** A scraper that takes neither is given Prometheus' own, as exporters do. */
export function formatFor(accept: string | undefined): Format {
  const offers = (accept ?? '').slice(0, LONGEST_ACCEPT).split(',').flatMap(offerOf);
  return offers.toSorted((a, b) => b.quality - a.quality)[0]?.format ?? 'prometheus';
}
