'use client';
// How a text is to be read: what the fields hold, and what that means.
import { Protocol } from '@weir/model';
import { formats } from '@weir/model/formats';
import { useState } from 'react';
import type { Source } from './read-source.ts';

interface Fields {
  readonly format: string;
  readonly configId: string;
  readonly protocol: string;
}

export interface ReadOptions {
  readonly values: Fields;
  readonly set: (change: Partial<Fields>) => void;
  readonly read: Pick<Source, 'format' | 'options'>;
}

export function useReadOptions(): ReadOptions {
  const [values, setValues] = useState<Fields>({ format: '', configId: '', protocol: '' });
  const configId = values.configId.trim();
  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    read: {
      format: formats.find((format) => format === values.format) ?? null,
      options: { configId: configId === '' ? null : configId, protocol: Protocol.safeParse(values.protocol).data ?? null },
    },
  };
}
