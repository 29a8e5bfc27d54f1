// A part that is a program of ours: a warded child with a log file and a real condition for being ready.
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, endsWithin, spawnWard, type Exit, type WardedChild } from '@weir/lab/ward';
import { Failure } from '../setup/failure.mjs';
import { lastWords, logSize } from './log-file.ts';
import { capital, type Running } from './part.ts';

export interface Program {
  readonly title: string;
  /** The bundle, an absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Asks once whether it does its work; false or an error means not yet. */
  readonly isReady: () => Promise<boolean>;
  readonly readyDeadlineMs: number;
  readonly stopDeadlineMs: number;
}

export async function startProgram(program: Program, signal: AbortSignal): Promise<Running> {
  const logStart = await logSize(program.logFile);
  const child = await spawnProgram(program);
  try {
    await untilReady(program, child, logStart, signal);
  } catch (error) {
    await stopChild(child, program.stopDeadlineMs);
    throw error;
  }
  return { exited: child.exited, stop: () => stopChild(child, program.stopDeadlineMs) };
}

async function spawnProgram({ file, args, env, logFile, stopDeadlineMs }: Program): Promise<WardedChild> {
  const log = await open(logFile, 'a', 0o600);
  try {
    return await spawnWard({
      command: process.execPath,
      args: ['--enable-source-maps', file, ...args],
      env,
      output: log.fd,
      graceSeconds: Math.ceil(stopDeadlineMs / 1000),
    });
  } finally {
    await log.close();
  }
}

async function untilReady(program: Program, child: WardedChild, logStart: number, signal: AbortSignal): Promise<void> {
  let exit: Exit | undefined;
  void child.exited.then((ended) => (exit = ended));
  const giveUpAt = performance.now() + program.readyDeadlineMs;
  while (!(await program.isReady().catch(() => false))) {
    signal.throwIfAborted();
    const words = exit || performance.now() > giveUpAt ? await lastWords(program.logFile, logStart) : '';
    if (exit) throw new Failure(`${capital(program.title)} ended at its start (${describeExit(exit)}):\n${words}\nIts log: ${program.logFile}`);
    if (performance.now() > giveUpAt) {
      throw new Failure(`${capital(program.title)} is not ready after ${program.readyDeadlineMs / 1000} s:\n${words}\nIts log: ${program.logFile}`);
    }
    await delay(50);
  }
}

async function stopChild(child: WardedChild, deadlineMs: number): Promise<void> {
  child.send('SIGTERM');
  if (await endsWithin(child.exited, deadlineMs)) return;
  child.send('SIGKILL');
  await child.exited;
}
