// The panel: its own server, with Next for the pages.
import { fileURLToPath } from 'node:url';
import type { PanelConfig } from './server/env.ts';
import type { PageHandler } from './server/http/routes.ts';
import { runPanel } from './server/process.ts';

// Both are the same seen from src/main.ts and from dist/main.mjs.
const webDir = fileURLToPath(new URL('..', import.meta.url));
const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

async function openPages({ host, port }: PanelConfig): Promise<PageHandler> {
  // Only now: Next reads the mode when it is loaded.
  const { default: next } = await import('next');
  const app = next({ dir: webDir, dev: false, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (request, response) => handle(request, response);
}

await runPanel({ openPages, migrationsDir });
