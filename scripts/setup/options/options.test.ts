// What `npm start` takes and what it refuses, before anything is installed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readOptions } from './options.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-options-'));
const file = path.join(folder, 'some.pem');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

it('runs everything on loopback unless told otherwise', () => {
  expect(readOptions([], {})).toEqual({
    host: '127.0.0.1',
    port: 9347,
    agentPort: 9348,
    dataDir: path.resolve('.weir'),
    tls: null,
    origin: null,
    samples: true,
    tutorial: 'loopback',
    databaseUrl: null,
  });
});

it('takes every option', () => {
  const args = ['--host', '0.0.0.0', '--port', '80', '--agent-port', '81', '--data', folder, '--cert', file, '--key', file, '--no-samples'];
  expect(readOptions([...args, '--origin', 'https://weir.example.org/'], { DATABASE_URL: 'postgresql://db' })).toEqual({
    host: '0.0.0.0',
    port: 80,
    agentPort: 81,
    dataDir: folder,
    tls: { cert: file, key: file },
    origin: 'https://weir.example.org',
    samples: false,
    tutorial: 'loopback',
    databaseUrl: 'postgresql://db',
  });
});

it('answers --help whatever else is given', () => {
  expect(readOptions(['--port', 'x', '--help'], {})).toBe('help');
});

it('takes an empty DATABASE_URL for none', () => {
  expect(readOptions([], { DATABASE_URL: '' })).toMatchObject({ databaseUrl: null });
});

it.each([
  [['--port', '0'], /--port 0: give a port from 1 to 65535/],
  [['--port', '65536'], /give a port/],
  [['--port', 'http'], /give a port/],
  [['--agent-port', '-1'], /'--agent-port' argument is ambiguous/],
  [['--port', '9348'], /two different ports/],
  [['--host', 'localhost'], /give an IP address/],
  [['--host', '0.0.0.0'], /--host 0\.0\.0\.0 opens the panel to the network/],
  [['--host', '::'], /opens the panel to the network/],
  [['--cert', file], /belong together/],
  [['--cert', file, '--key', '/nowhere.pem'], /--key \/nowhere\.pem cannot be read/],
  [['--origin', 'weir.example.org'], /scheme, host and port only/],
  [['--origin', 'https://weir.example.org/panel'], /scheme, host and port only/],
  [['--origin', 'ftp://weir.example.org'], /scheme, host and port only/],
  [['--colour', 'red'], /Unknown option '--colour'/],
  [['extra'], /Unexpected argument 'extra'/],
])('refuses %j in one sentence', (args, sentence) => {
  expect(() => readOptions(args, {})).toThrow(sentence);
  expect(() => readOptions(args, {})).toThrow(/^[^\n]*[.]?$/);
});
