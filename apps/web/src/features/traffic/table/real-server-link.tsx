'use client';
// A real server's name, which leads to its own charts over the same time.
import type { MouseEvent } from 'react';
import { changeAddress } from '../../charts/range/address.ts';

export function RealServerLink({ serviceId, realServerId, name }: { serviceId: string; realServerId: string; name: string }) {
  const place = { service: serviceId, rs: realServerId };
  const click = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    changeAddress(place, 'push');
  };
  return <a href={`?${new URLSearchParams(place).toString()}`} onClick={click} className="underline">{name}</a>;
}
