import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { told } from '../../testing/health-tale.ts';

const folder = new URL('scenarios/', import.meta.url);

describe('the health of a service, in tales', () => {
  const files = readdirSync(folder);
  it('has tales', () => expect(files.length).toBeGreaterThan(10));
  it.each(files)('%s', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(told(text)).toBe(text);
  });
});
