// The only ways of a value into a script or a configuration file.

const plain = /^[A-Za-z0-9_.:/-]+$/;

/** An address, a number or an id, as it stands: nothing that a shell, systemd or an ifcfg file reads as more than a word. */
export function word(value: string | number): string {
  const text = String(value);
  if (!plain.test(text)) throw new Error(`not a plain word: ${JSON.stringify(text)}`);
  return text;
}

/** A person's text for a comment: letters, digits and few signs, one line. */
export function commentText(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ._:,()[\]-]/gu, '_');
}

/** Part of a file name. */
export function fileNamePart(text: string): string {
  const part = text.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '').slice(0, 64);
  return part === '' ? 'host' : part;
}
