// The token that a scraper shows: in a file that is made at the first start, for its owner alone.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createWhole, readText } from '../disk/whole-file.ts';
import { DiskError } from '../disk/error.ts';

const TOKEN_BYTES = 32;
/** RFC 6750, b64token; as long as 128 bits in base64 at least. */
const token = /^[A-Za-z0-9._~+/-]{22,1024}=*$/;

export async function loadToken(path: string): Promise<string> {
  await createWhole(path, `${randomBytes(TOKEN_BYTES).toString('base64url')}\n`);
  const text = (await readText(path))?.trim() ?? '';
  if (!token.test(text)) {
    throw new DiskError('use the token in', path, 'it must be one line of 22 to 1024 letters, digits or . _ ~ + / -. Remove the file, and the agent makes one');
  }
  return text;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Says of a header `Authorization` whether it shows the token; takes as long whatever it shows. */
export function tokenCheck(expected: string): (authorization: string | undefined) => boolean {
  const wanted = digestOf(expected);
  return (authorization) => timingSafeEqual(digestOf(/^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? ''), wanted);
}
