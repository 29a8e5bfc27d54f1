// Who asks for a page, and for which. Reading the headers first makes it a page of the request: a build never comes further.
import { headers } from 'next/headers';
import { pageHeader, panel } from '../../bridge.ts';
import type { Person } from './person.tsx';

/** Null for nobody. */
export async function personAsking(): Promise<Person | null> {
  const asked = new Headers(await headers());
  return panel().personFrom(asked);
}

/** Path and query. */
export async function pageAsked(): Promise<string | null> {
  return (await headers()).get(pageHeader);
}
