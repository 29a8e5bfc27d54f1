// Journeys through the whole of Weir: panel, database, agent, forwarder and traffic, in Debian's Chromium.
import { defineConfig } from '@playwright/test';
import { look } from './page/look.ts';
import { administratorState } from './weir/people.ts';
import { url } from './weir/running.ts';

// What most people do most: also in the other language and theme. The rest says the same in either.
const core = ['bad-definitions', 'define-and-apply', 'keyboard', 'overrides', 'revisions', 'roles', 'whole-form'].map((name) => `**/${name}.spec.ts`);
const everything = look.locale === 'en';

export default defineConfig({
  testDir: './journeys',
  outputDir: './test-results',
  // One Weir with one forwarder: the journeys take turns.
  workers: 1,
  fullyParallel: false,
  // What passes at the second try only is named in the end (scripts/test/counts.mjs).
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  globalSetup: './weir/process/global-setup.ts',
  globalTeardown: './weir/process/global-teardown.ts',
  use: {
    baseURL: url,
    // Otherwise what cannot be clicked is waited for until the whole test is out of time.
    actionTimeout: 60_000,
    viewport: { width: 1440, height: 900 },
    locale: look.browser,
    colorScheme: look.theme,
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['WEIR_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'first run', testMatch: 'first-run.spec.ts' },
    { name: 'tutorial', testMatch: 'tutorial.spec.ts', dependencies: ['first run'], use: { storageState: administratorState } },
    {
      name: 'journeys', testIgnore: ['first-run.spec.ts', 'tutorial.spec.ts', 'restart.spec.ts'], dependencies: ['tutorial'],
      ...(!everything && { testMatch: core }),
      use: { storageState: administratorState },
    },
    // Kills processes: the last of what the one worker takes, and also where a journey failed.
    { name: 'restart', testMatch: everything ? 'restart.spec.ts' : [], dependencies: ['tutorial'], use: { storageState: administratorState } },
  ],
});
