// Runs in the guest in one host's network: calls the functions of modules on order, and answers with what they return or throw.
import type { CallOrder, CallReply } from '../wire/events.ts';
import { loadModule } from './module.ts';

async function perform({ call, module, name, args }: CallOrder): Promise<CallReply> {
  try {
    const exported = loadModule(module)[name];
    if (typeof exported !== 'function') throw new Error(`${module} exports no function ${name}`);
    return { call, ok: true, value: (await exported(...args)) as unknown };
  } catch (error) {
    return failed(call, error);
  }
}

function failed(call: number, cause: unknown): CallReply {
  const error: NodeJS.ErrnoException = cause instanceof Error ? cause : new Error(String(cause));
  return { call, ok: false, message: error.message, stack: error.stack ?? '', code: error.code ?? null };
}

async function answer(order: CallOrder): Promise<void> {
  const reply = await perform(order);
  try {
    process.send?.(reply);
  } catch (error) {
    // What a function returned cannot be sent.
    process.send?.(failed(order.call, error));
  }
}

process.on('message', (order: CallOrder) => void answer(order));
process.on('disconnect', () => process.exit());
