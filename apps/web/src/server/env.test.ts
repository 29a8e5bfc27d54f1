// The panel's settings, good and bad.
import { describe, expect, it } from 'vitest';
import { readConfig } from './env.ts';

const least = { NODE_ENV: 'test', DATABASE_URL: 'postgresql://weir@localhost/weir' } as const;

describe('the settings', () => {
  it('need only a database', () => {
    const config = readConfig(least);
    expect(config).toMatchObject({ host: '127.0.0.1', port: 9347, tls: null, origin: null, enrolCodeFile: null, tutorial: 'loopback', labSocket: null });
    expect(config.dataDir).toMatch(/\/\.weir\/panel$/);
  });

  it('take an empty variable for one that was not set', () => {
    expect(readConfig({ ...least, WEIR_PORT: '', WEIR_ORIGIN: '' }).port).toBe(9347);
  });

  it.each([
    [{ DATABASE_URL: '' }, 'DATABASE_URL must name the PostgreSQL database.'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgresql://.'],
    [{ WEIR_PORT: '65536' }, 'WEIR_PORT must be a port.'],
    [{ WEIR_PORT: '80x' }, 'WEIR_PORT must be a port.'],
    [{ WEIR_PORT: '9347.5' }, 'WEIR_PORT must be a port.'],
    [{ WEIR_ORIGIN: 'weir.example.org' }, 'WEIR_ORIGIN must be an origin such as https://weir.example.org.'],
    [{ WEIR_ORIGIN: 'https://weir.example.org/panel' }, 'WEIR_ORIGIN must be an origin such as https://weir.example.org.'],
    [{ WEIR_TLS_CERT: '/cert.pem' }, 'WEIR_TLS_CERT and WEIR_TLS_KEY belong together: give both or neither.'],
  ])('%j is refused with one sentence', (given, sentence) => {
    expect(() => readConfig({ ...least, ...given })).toThrow(expect.objectContaining({ name: 'StartError', message: sentence }));
  });

  it.each(['0.0.0.0', '192.0.2.1', '::', 'weir.example.org'])('refuse %s in clear text', (host) => {
    expect(() => readConfig({ ...least, WEIR_HOST: host })).toThrow(`WEIR_HOST is ${host}, which other hosts can reach`);
    expect(readConfig({ ...least, WEIR_HOST: host, WEIR_TLS_CERT: '/c', WEIR_TLS_KEY: '/k' }).tls).toEqual({ certFile: '/c', keyFile: '/k' });
    expect(readConfig({ ...least, WEIR_HOST: host, WEIR_ORIGIN: 'https://weir.example.org/' }).origin).toBe('https://weir.example.org');
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('take %s without a certificate', (host) => {
    expect(readConfig({ ...least, WEIR_HOST: host }).host).toBe(host);
  });
});
