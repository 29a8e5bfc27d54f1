// Sends a message to a web hook: one POST, signed, with a deadline, whose answer is read no further than it is kept. No redirect is followed.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { BODY_KEPT_BYTES, codeOfError, shownBody } from './answer.ts';
import type { Came } from './answer.ts';

export interface WebHook {
  readonly url: string;
  readonly token: string | null;
  readonly hmacSecret: string | null;
}

export interface ToPost {
  readonly deliveryId: string;
  readonly json: string;
  readonly nowMs: number;
  readonly deadlineMs: number;
  /** The panel ends. */
  readonly ending: AbortSignal;
}

/** Over the moment and the body, so that an old message cannot be sent anew as one of now. */
export function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

export async function postWebHook({ url, token, hmacSecret }: WebHook, { deliveryId, json, nowMs, deadlineMs, ending }: ToPost): Promise<Came> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return { code: 'badUrl', status: null, body: null };
  const timestamp = String(Math.floor(nowMs / 1_000));
  const dispatcher = new Agent({ connect: { timeout: deadlineMs }, headersTimeout: deadlineMs, bodyTimeout: deadlineMs });
  const signal = AbortSignal.any([ending, AbortSignal.timeout(deadlineMs)]);
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST', body: json, dispatcher, signal,
      headers: {
        'content-type': 'application/json', 'user-agent': 'Weir', 'weir-delivery': deliveryId, 'weir-timestamp': timestamp,
        ...(token !== null && { authorization: `Bearer ${token}` }), ...(hmacSecret !== null && { 'weir-signature': signature(hmacSecret, timestamp, json) }),
      },
    });
    return { code: codeOfStatus(statusCode), status: statusCode, body: shownBody(await firstOf(body, BODY_KEPT_BYTES)) };
  } catch (error) {
    return { code: codeOfError(error), status: null, body: null };
  } finally {
    await dispatcher.destroy();
  }
}

function codeOfStatus(status: number): Came['code'] {
  if (status >= 200 && status < 300) return 'ok';
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

/** What it had said by its end; it may break off, or never end: the status alone decides. */
async function firstOf(body: AsyncIterable<unknown>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of body) {
      if (!(part instanceof Uint8Array)) break;
      parts.push(part);
      length += part.length;
      if (length >= most) break;
    }
  } catch {
    return Buffer.concat(parts);
  }
  return Buffer.concat(parts);
}
