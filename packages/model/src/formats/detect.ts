// Which format a text has, by its beginning; a person can choose another.

export const formats = ['ipvsadm', 'keepalived', 'yaml'] as const;
export type Format = (typeof formats)[number];

const LINES_LOOKED_AT = 2_000;

/** Null where nothing tells. */
export function detectFormat(text: string): Format | null {
  const beginning = text.slice(0, LINES_LOOKED_AT * 80).split(/\r?\n/, LINES_LOOKED_AT).map((line) => line.trim());
  const said = beginning.filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('!'));
  if (said.some((line) => /^(?:\S*ipvsadm\s+)?(?:-A|-a|--add-service|--add-server)\s/.test(line))) return 'ipvsadm';
  if (said.some((line) => /^(?:virtual_server|vrrp_|global_defs|include[rmwba]?\s|real_server|static_|@\^?\S+\s|~SEQ|~LST|\$[A-Za-z_]\w*)/.test(line))) return 'keepalived';
  return said.some((line) => /^["']?(?:schema|services|directors)["']?:/.test(line)) ? 'yaml' : null;
}
