// An address that is cut where it is too long, but never in its port: what is left would read as another one.

const parts = /^(.*[^:])(:\d+)$/;
/** The longest with an IPv4 address: but on a narrow screen it has room. */
const roomFor = 'tcp 255.255.255.255:65535'.length;

export function KeepsPort({ text }: { text: string }) {
  const [, address, port] = parts.exec(text) ?? [];
  if (address === undefined) return <span className="block truncate" title={text}>{text}</span>;
  return (
    <span className={text.length > roomFor ? 'flex' : 'block truncate max-md:flex'} title={text}>
      <span className="min-w-0 truncate">{address}</span>
      <span className="shrink-0">{port}</span>
    </span>
  );
}
