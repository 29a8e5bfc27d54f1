// The title of a page, in the language of the request.
import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { chooseLocale, localeCookie } from './locale.ts';
import { messagesOf } from './messages.ts';
import type { Messages } from './messages.ts';

export async function pageTitle(key: keyof Messages['titles']): Promise<Metadata> {
  const asked = await headers();
  const kept = await cookies();
  return { title: messagesOf(chooseLocale(kept.get(localeCookie)?.value, asked.get('accept-language'))).titles[key] };
}
