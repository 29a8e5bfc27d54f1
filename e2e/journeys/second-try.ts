// For journeys that make clusters by hand: where one is tried again, what its first try made is no more.
import { test } from '@playwright/test';
import { Api } from '../weir/api.ts';
import { giveUp } from '../weir/clusters.ts';
import { administrator } from '../weir/people.ts';

export function secondTryWithout(...clusters: readonly string[]): void {
  test.beforeAll(async () => {
    if (test.info().retry === 0) return;
    const api = await Api.signedIn(administrator);
    for (const name of clusters) await giveUp(api, name);
  });
}
