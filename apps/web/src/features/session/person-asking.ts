// Who asks for a page. Reading the headers first makes it a page of the request: a build never comes further.
import { headers } from 'next/headers';
import { panel } from '../../bridge.ts';
import type { Person } from './person.tsx';

/** Null for nobody. */
export async function personAsking(): Promise<Person | null> {
  const asked = new Headers(await headers());
  return panel().personFrom(asked);
}
