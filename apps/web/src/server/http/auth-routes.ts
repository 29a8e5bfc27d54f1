// The three open routes of /api/auth: sign-in/email, sign-out, get-session. There are no others.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Auth } from '../auth/auth.ts';
import { Credentials } from '../auth/sign-in.ts';
import { PanelError } from '../errors.ts';
import { headersOf, readJson, sendJson } from './message.ts';

const bodyBytesMax = 16_384;

export async function handleAuth(auth: Auth, request: IncomingMessage, response: ServerResponse, route: string, address: string): Promise<void> {
  const headers = headersOf(request);
  switch (`${request.method ?? ''} ${route}`) {
    case 'POST sign-in/email': {
      const credentials = Credentials.parse(await readJson(request, bodyBytesMax));
      copyCookies(await auth.signIn.in(credentials, headers, address), response);
      sendJson(response, 200, { ok: true });
      return;
    }
    case 'POST sign-out':
      copyCookies(await auth.signIn.out(headers, address), response);
      sendJson(response, 200, { ok: true });
      return;
    case 'GET get-session':
      sendJson(response, 200, await auth.sessions.from(headers));
      return;
    default:
      throw new PanelError('noSuchRoute');
  }
}

function copyCookies(from: Response, to: ServerResponse): void {
  const cookies = from.headers.getSetCookie();
  if (cookies.length > 0) to.setHeader('set-cookie', cookies);
}
