// Hands the launcher's own agent to its panel through the same door as any other: a code from the agent's host, presented by the panel.
import { execFile } from 'node:child_process';
import { access, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../setup/failure.mjs';

const run = promisify(execFile);
const deadlineMs = 20_000;

export interface Enrolment {
  readonly agentFile: string;
  readonly agentDataDir: string;
  /** Where the panel reaches the agent: "127.0.0.1:9348". */
  readonly address: string;
}

export async function isEnrolled({ agentDataDir }: Enrolment): Promise<boolean> {
  return exists(path.join(agentDataDir, 'panel.json'));
}

export async function enrolCodeOf({ agentFile, agentDataDir, address }: Enrolment): Promise<string> {
  const { stdout } = await run(process.execPath, [agentFile, 'enrol', '--data', agentDataDir, '--address', address], { timeout: deadlineMs }).catch(
    (cause: unknown) => {
      throw new Failure(`The agent gives no code to enrol it: ${cause instanceof Error ? cause.message.trim() : String(cause)}`, { cause });
    },
  );
  // Explanations may come before it; the code is the last line.
  const code = stdout.trim().split('\n').at(-1)?.trim() ?? '';
  if (code === '') throw new Failure('The agent gives no code to enrol it: it printed nothing.');
  return code;
}

/** Where the panel finds the code when it starts. */
export async function writeEnrolCode(codeFile: string, makeCode: () => Promise<string>): Promise<void> {
  await rm(codeFile, { force: true });
  await writeFile(codeFile, `${await makeCode()}\n`, { mode: 0o600 });
}

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
