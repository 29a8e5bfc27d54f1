// What `npm run lab` takes and what it refuses.
import path from 'node:path';
import { expect, it } from 'vitest';
import { readLabOptions } from './lab-options.mjs';

it('runs beside an ordinary Weir: on ports and a data folder of its own', () => {
  expect(readLabOptions([])).toMatchObject({ host: '127.0.0.1', port: 9357, agentPort: 9358, dataDir: path.resolve('.weir-lab'), tutorial: 'lab', withoutPanel: false });
  expect(readLabOptions(['--port', '1', '--agent-port', '2', '--data', '/data', '--without-panel'])).toMatchObject({ port: 1, agentPort: 2, dataDir: '/data', withoutPanel: true });
  expect(readLabOptions(['--help'])).toBe('help');
});

it.each([
  [['--agent-port', '0'], '--agent-port 0: give a port'],
  [['--port', 'web'], '--port web: give a port'],
  [['--port', '9358'], 'both 9358'],
  [['--no-such'], "Unknown option '--no-such'; npm run lab"],
])('refuses %j', (args, sentence) => {
  expect(() => readLabOptions(args)).toThrow(sentence);
});
