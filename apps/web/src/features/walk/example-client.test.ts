// Example clients: of the right family, in the right network, nobody else's address.
import { expect, test } from 'vitest';
import { exampleClient } from './example-client.ts';

test('beside the real server is the tutorial’s .100, or the next that is free', () => {
  expect(exampleClient('sameSubnet', '192.168.8.200', '192.168.8.20', ['192.168.8.10'])).toBe('192.168.8.100');
  expect(exampleClient('sameSubnet', '192.168.8.200', '192.168.8.20', ['192.168.8.100'])).toBe('192.168.8.101');
  expect(exampleClient('sameSubnet', 'fd00::200', 'fd00::20', [])).toBe('fd00::64');
});

test('a tunnel to the other family leaves the client in that of the VIP', () => {
  expect(exampleClient('sameSubnet', 'fd00::200', '192.168.8.20', [])).toBe('fd00::264');
});

test('far away are documentation addresses', () => {
  expect(exampleClient('behindRouter', '192.168.8.200', '192.168.8.20', [])).toBe('203.0.113.7');
  expect(exampleClient('behindDirector', 'fd00::200', 'fd00::20', [])).toBe('2001:db8:9::100');
});
