// Unit, contract and database tests; and kernel tests, which drive virtual machines that they share. Journeys run in Playwright.
import { configDefaults, defineConfig } from 'vitest/config';

const kernelTests = '**/*.kernel.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: 'scripts/test/seed.ts',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/web/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, kernelTests],
          // A test waits for conditions, each with a deadline of its own: this ends what hangs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'kernel',
          setupFiles: 'scripts/test/seed.ts',
          include: [`packages/*/src/${kernelTests}`, `e2e/kernel/${kernelTests}`, `scripts/${kernelTests}`],
          globalSetup: 'packages/lab/src/vm/global-setup.ts',
          // Each worker has a virtual machine of its own, and most tests keep one processor busy.
          maxWorkers: 2,
          // One process for all files of a worker: it bundles what runs in the guest once.
          isolate: false,
          // The emulated machine may have next to no processor.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
