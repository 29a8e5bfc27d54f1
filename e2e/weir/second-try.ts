// For journeys that make clusters by hand: where one is tried again, what its first try made is no more.
import { test } from '@playwright/test';
import { Api } from './api.ts';
import { giveUp } from './clusters.ts';
import { administrator } from './people.ts';

export function secondTryWithout(...clusters: readonly string[]): void {
  test.beforeAll(async () => {
    if (test.info().retry === 0) return;
    const api = await Api.signedIn(administrator);
    for (const name of clusters) await giveUp(api, name);
  });
}
