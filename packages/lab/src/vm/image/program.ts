// Runs one program of the host to its end, with a deadline; its error names the program and what it said.
import { execFile } from 'node:child_process';
import { VmError } from '../error.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly deadlineMs: number;
  /** A program that has done its work may complain all the same: then only an empty output is a failure. */
  readonly tolerant?: boolean;
}

const maxOutputBytes = 256 * 1024 * 1024;

export function runProgram(command: string, args: readonly string[], { cwd, deadlineMs, tolerant = false }: ProgramOptions): Promise<Buffer> {
  const options = { ...(cwd !== undefined && { cwd }), timeout: deadlineMs, maxBuffer: maxOutputBytes, encoding: 'buffer' as const };
  return new Promise((resolve, reject) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error === null || (tolerant && stdout.length > 0)) resolve(stdout);
      else reject(new VmError(`${command} ${args.join(' ')} failed: ${stderr.toString().trim() || error.message}`, { cause: error }));
    });
  });
}
