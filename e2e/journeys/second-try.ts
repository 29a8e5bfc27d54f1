// For journeys that make things by hand: where one is tried again, what its first try made is no more.
import { test } from '@playwright/test';
import { Api } from '../weir/api.ts';
import { giveUp } from '../weir/clusters.ts';
import { forgetDirectorAt, removePeople } from '../weir/forget.ts';
import { administrator } from '../weir/people.ts';

function secondTry(tidy: (api: Api) => Promise<void>): void {
  test.beforeAll(async () => {
    if (test.info().retry > 0) await tidy(await Api.signedIn(administrator));
  });
}

export function secondTryWithout(...clusters: readonly string[]): void {
  secondTry(async (api) => {
    for (const name of clusters) await giveUp(api, name);
  });
}

/** A director whose agent ended with the first try, and the clusters that were on it alone. */
export function secondTryWithoutDirector(address: string, ...clusters: readonly string[]): void {
  secondTry((api) => forgetDirectorAt(api, address, ...clusters));
}

export function secondTryWithoutPeople(...emails: readonly string[]): void {
  secondTry((api) => removePeople(api, ...emails));
}

/** For what stays in lists and logs for ever: another name for each try. */
export function ofThisTry(name: string): string {
  const { retry } = test.info();
  return retry === 0 ? name : `${name}-${retry + 1}`;
}
