// The contract of `Forwarder`: the suite that every driver passes, by what it says it can do.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capableContract, incapableContract } from './contract/capability.ts';
import { connectionsContract } from './contract/connections.ts';
import { datagramsContract } from './contract/datagrams.ts';
import { failuresContract } from './contract/failures.ts';
import type { ContractFixture, ContractTraits } from './contract/fixture.ts';
import { identityContract, rulesContract } from './contract/rules.ts';
import { samplesContract } from './contract/samples.ts';
import { addService, ContractSubject } from './contract/subject.ts';
import { changesContract, countingContract, persistenceContract } from './contract/traffic.ts';
import { turnContract } from './contract/turn.ts';
import { countingAnewContract, zeroingContract } from './contract/zeroing.ts';
import { ForwarderError } from './forwarder.ts';

export type {
  ContractConnection, ContractDatagramClient, ContractDatagrams, ContractFixture, ContractTraits,
} from './contract/fixture.ts';

export function forwarderContract(name: string, makeForwarder: () => Promise<ContractFixture>, traits: ContractTraits): void {
  const subject = new ContractSubject(makeForwarder, traits);

  describe(`forwarder contract: ${name}`, () => {
    beforeEach(() => subject.begin());
    afterEach(() => subject.end());

    rulesContract(subject);
    identityContract(subject);
    failuresContract(subject);
    capableContract(subject);
    incapableContract(subject);
    samplesContract(subject);
    zeroingContract(subject);
    if (traits.capabilities.protocols.includes('udp')) datagramsContract(subject);
    if (traits.traffic) {
      changesContract(subject);
      countingContract(subject);
      connectionsContract(subject);
      turnContract(subject);
      countingAnewContract(subject);
      if (traits.capabilities.persistence) persistenceContract(subject);
    }

    test('after close it answers with an error, and can be closed again', async () => {
      const { forwarder, services: [web] } = subject.fixture;
      await forwarder.close();
      await forwarder.close();
      await expect(forwarder.read()).rejects.toThrow(ForwarderError);
      await expect(forwarder.apply([addService(web)], { onFailure: 'goOn' })).rejects.toThrow(ForwarderError);
      await expect(forwarder.sample()).rejects.toThrow(ForwarderError);
      await expect(forwarder.connections(1)).rejects.toThrow(ForwarderError);
      await expect(forwarder.kernel()).rejects.toThrow(ForwarderError);
      await expect(forwarder.zero(null)).rejects.toThrow(ForwarderError);
    });
  });
}
