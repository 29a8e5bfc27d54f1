// Which firewall marks the host's nft rules set. Only asked, never written.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const DEADLINE_MS = 3_000;
const MOST_BYTES = 16 * 1_048_576;

const Ruleset = z.object({ nftables: z.array(z.unknown()) });
/** libnftables-json(5): { mangle: { key: { meta: { key: "mark" } }, value: 7 } } */
const SetsMark = z.object({ mangle: z.object({ key: z.object({ meta: z.object({ key: z.literal('mark') }) }), value: z.unknown() }) });
const Rule = z.object({ rule: z.object({ expr: z.array(z.unknown()) }) });
/** What iptables-nft wrote, which nft cannot put into words. */
const Opaque = z.object({ xt: z.unknown() });

/** Null where a rule may set a mark that cannot be read from it: one of iptables, or one that computes it. */
export function marksIn(json: string): readonly number[] | null {
  const marks: number[] = [];
  for (const entry of Ruleset.parse(JSON.parse(json)).nftables) {
    for (const expression of Rule.safeParse(entry).data?.rule.expr ?? []) {
      if (Opaque.safeParse(expression).success) return null;
      const sets = SetsMark.safeParse(expression);
      if (!sets.success) continue;
      const { value } = sets.data.mangle;
      if (typeof value !== 'number') return null;
      marks.push(value);
    }
  }
  return marks;
}

/** Null where nft is not there, may not be asked, or says what cannot be read. */
export async function readMarks(): Promise<readonly number[] | null> {
  try {
    const { stdout } = await run('nft', ['--json', 'list', 'ruleset'], { timeout: DEADLINE_MS, maxBuffer: MOST_BYTES });
    return marksIn(stdout);
  } catch {
    return null;
  }
}
