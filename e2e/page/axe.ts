// What axe finds on a page in the state that a journey has brought it to.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export async function violationsOf(page: Page): Promise<string[]> {
  // The pages have no frames, and the way that looks into them opens a page for each time and takes twice as long.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('\n')}`);
}

export async function findsNothing(page: Page, state: string): Promise<void> {
  // A window that fades in has not its colours yet.
  await expect.poll(() => page.evaluate(() => document.getAnimations().filter(({ effect, playState }) => (
    playState === 'running' && effect?.getComputedTiming().iterations === 1)).length)).toBe(0);
  expect(await violationsOf(page), `${state} by axe`).toEqual([]);
}
