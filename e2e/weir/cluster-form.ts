// Fills in the form of a cluster as a person does.
import { expect, type Locator, type Page } from '@playwright/test';
import { pattern, t } from '../page/look.ts';
import { url } from './running.ts';

/** The form of a new cluster, without what an earlier journey left of one. */
export async function openNewCluster(page: Page): Promise<void> {
  await discardDraft(page, null);
  await page.goto('/clusters/new?view=form');
}

/** The form of a cluster, as its newest revision is. */
export async function openEdit(page: Page, clusterId: string): Promise<void> {
  await discardDraft(page, clusterId);
  await page.goto(`/clusters/${clusterId}/edit?view=form`);
}

/** Of whoever is signed in there; null: of a new cluster. */
export async function discardDraft(page: Page, clusterId: string | null): Promise<void> {
  const procedure = clusterId === null ? 'discardNew' : 'discard';
  const answer = await page.request.post(`${url}/api/trpc/drafts.${procedure}`, { headers: { origin: url }, data: { json: clusterId === null ? {} : { clusterId } } });
  if (!answer.ok()) throw new Error(`drafts.${procedure}: ${answer.status()} ${await answer.text()}`);
}

/** From the drawing, with which editing begins. What is typed before the form is there would go nowhere. */
export async function showForm(page: Page): Promise<void> {
  const form = page.getByRole('button', { name: t('canvas.views.form'), exact: true });
  await form.click();
  await expect(form).toHaveAttribute('aria-pressed', 'true');
}

export interface FilledRealServer {
  readonly name: string;
  readonly rip: string;
  readonly port?: number;
  readonly weight?: number;
}

export function clusterName(page: Page): Locator {
  return page.getByRole('region', { name: t('clusterForm.cluster'), exact: true }).getByLabel(t('clusterForm.name'));
}

/** The one virtual service of the form: its panel has the name "Virtual service 1" until it is given another. */
export function servicePart(page: Page): Locator {
  return page.getByRole('region').filter({ has: page.getByRole('button', { name: pattern('clusterForm.removeService', { name: /.+/ }) }) });
}

export function realServerRow(page: Page, index: number): Locator {
  return realServerIn(servicePart(page), index);
}

/** A row may have a list of its own, of what was found in it. */
export function realServerIn(service: Locator, index: number): Locator {
  return service.getByRole('group', { name: t('clusterForm.realServers') }).locator('> ul > li').nth(index);
}

export async function fillRealServer(row: Locator, { name, rip, port = 8080, weight = 1 }: FilledRealServer): Promise<void> {
  await row.getByLabel(t('clusterForm.name')).fill(name);
  await row.getByLabel('RIP').fill(rip);
  await row.getByLabel(t('clusterForm.port'), { exact: true }).fill(String(port));
  await row.getByLabel(t('clusterForm.weight')).fill(String(weight));
}

export interface FilledCluster {
  readonly name: string;
  readonly vip: string;
  readonly port: number;
  readonly scheduler: string;
  readonly realServers: readonly FilledRealServer[];
}

/** On the page of a new cluster. */
export async function fillCluster(page: Page, { name, vip, port, scheduler, realServers }: FilledCluster): Promise<void> {
  await clusterName(page).fill(name);
  const service = servicePart(page);
  // The first of each is the service's own; the real servers' follow.
  await service.getByLabel(t('clusterForm.name')).first().fill('web');
  await service.getByLabel('VIP').fill(vip);
  await service.getByLabel(t('clusterForm.port'), { exact: true }).first().fill(String(port));
  await service.getByLabel(t('clusterForm.scheduler')).selectOption(scheduler);
  for (const [index, realServer] of realServers.entries()) {
    if (index > 0) await page.getByRole('button', { name: t('clusterForm.addRealServer') }).click();
    await fillRealServer(realServerRow(page, index), realServer);
  }
}

/** Where there is only one director, the form of a new cluster has it already. */
export async function addDirector(page: Page, name: string): Promise<void> {
  const part = page.getByRole('region', { name: t('clusterForm.directors'), exact: true });
  const member = part.getByRole('button', { name: t('clusterForm.removeDirector', { name }) });
  if (await member.count() > 0) return;
  await part.getByLabel(t('clusterForm.addDirector'), { exact: true }).selectOption(name);
  await part.getByRole('button', { name: t('clusterForm.add'), exact: true }).click();
  await member.waitFor();
}

/** Saves, and waits for the review that comes after it. */
export async function saveAndReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('clusterForm.saveRevision') }).click();
  await page.getByRole('heading', { name: pattern('changes.title', { name: /.+/ }) }).waitFor();
}
