// An address that is cut where it is too long, but never in its port: what is left would read as another one. On a narrow screen its protocol stands elsewhere.

const parts = /^(\w+ )(.*[^:])(:\d+)$/;
/** The longest with an IPv4 address: but on a narrow screen it has room. */
const roomFor = 'tcp 255.255.255.255:65535'.length;

/** Null for a mark, whose words are short. */
export function protocolOf(text: string): string | null {
  return parts.exec(text)?.[1]?.trim() ?? null;
}

export function KeepsPort({ text }: { text: string }) {
  const [, protocol, address, port] = parts.exec(text) ?? [];
  if (address === undefined) return <span className="block truncate" title={text}>{text}</span>;
  return (
    <span className={`max-md:text-sm ${text.length > roomFor ? 'flex' : 'block truncate max-md:flex'}`} title={text}>
      <span className="whitespace-pre max-md:hidden">{protocol}</span>
      <span className="min-w-0 truncate">{address}</span>
      <span className="shrink-0">{port}</span>
    </span>
  );
}
