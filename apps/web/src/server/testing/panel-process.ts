// The panel's process for tests, with one page in place of Next.
import { migrationsDir } from './migrations.ts';
import { runPanel } from '../process.ts';

await runPanel({
  migrationsDir,
  openPages: () => Promise.resolve((request, response) => {
    if (request.url === '/slow') return Promise.resolve();
    response.end('page');
    return Promise.resolve();
  }),
});
