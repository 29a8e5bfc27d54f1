// A script of this director's own, run without privileges; exit code 0 is good.
//
// It gets WEIR_RIP and WEIR_PORT, WEIR_SOURCE where one is set, WEIR_VIP, WEIR_VPORT and WEIR_DIP where it is asked for a service, WEIR_TIMEOUT_MS,
// and nothing else of the agent's environment. What it prints is evidence, and nothing that it started outlives it.
import { join } from 'node:path';
import type { ProbeOf } from '@weir/model';
import { Attempt, notTried } from '../attempt/attempt.ts';
import { shown, shownText } from '../attempt/bytes.ts';
import { Received } from '../attempt/received.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { runAsNobody } from './script/as-nobody.ts';
import { findScript, findScripts } from './script/folder.ts';
import { runInUnit } from './script/in-unit.ts';
import { meansOf } from './script/unprivileged.ts';
import type { Means } from './script/unprivileged.ts';

function variablesOf({ rip, port, source, path }: ProbeTarget, timeoutMs: number): Record<string, string> {
  return {
    WEIR_RIP: rip, WEIR_PORT: String(port), WEIR_TIMEOUT_MS: String(timeoutMs),
    ...(source !== null && { WEIR_SOURCE: source }),
    ...(path !== null && { WEIR_VIP: path.vip, WEIR_VPORT: String(path.vport), WEIR_DIP: path.dip }),
  };
}

export class Scripts {
  readonly #folder: string;
  readonly #means: Means;

  constructor(folder: string, means = meansOf(folder)) {
    this.#folder = folder;
    this.#means = means;
  }

  get isSupported(): boolean {
    return this.#means.kind !== 'none';
  }

  list(): ReturnType<typeof findScripts> {
    return findScripts(this.#folder);
  }

  async run({ file, arguments: given }: ProbeOf<'script'>, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
    const means = this.#means;
    if (means.kind === 'none') return notTried({ failure: 'unsupported', detail: means.because });
    const found = await findScript(this.#folder, file);
    if (found === null) return notTried({ failure: 'scriptMissing', detail: `${file} is not in ${this.#folder}` });
    if (found.refusedBecause !== null) return notTried({ failure: 'scriptNotSafe', detail: `${file}: ${found.refusedBecause}` });
    const attempt = new Attempt(timeoutMs);
    const output = new Received();
    attempt.sent = shownText([file, ...given].join(' '));
    attempt.expected = 'exit code 0';
    attempt.received = () => (output.length === 0 ? null : shown(output.bytes));
    const variables = variablesOf(target, timeoutMs);
    if (means.kind === 'unit') runInUnit(attempt, means.socket, [file, ...given], variables, output);
    else runAsNobody(attempt, [join(this.#folder, file), ...given], variables, output);
    return attempt.answer;
  }
}
