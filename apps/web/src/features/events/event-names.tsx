'use client';
// Whom it is about, from the outside in; each name leads to its page.
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { EventObject } from '../../events/event.ts';

interface Named {
  readonly name: string;
  readonly href: string | null;
  /** What stands before it, where something does. */
  readonly sign: '›' | '·';
}

export function EventNames({ object, className = '' }: { object: EventObject; className?: string }) {
  const t = useTranslations('eventList');
  const names = namesOf(object);
  return (
    <span className={`whitespace-normal wrap-anywhere ${className}`}>
      {names.length === 0 && t('panelItself')}
      {names.map(({ name, href, sign }, index) => (
        <span key={href ?? name}>
          {index > 0 && <span aria-hidden="true" className="text-muted"> {sign} </span>}
          {href === null ? name : <Link href={href} className="inline-flex min-h-6 items-center underline">{name}</Link>}
        </span>
      ))}
    </span>
  );
}

export function namesOf(object: EventObject): Named[] {
  const cluster = object.clusterId === null ? null : `/clusters/${object.clusterId}`;
  const service = cluster === null || object.serviceId === null ? null : `${cluster}/services/${object.serviceId}`;
  const realServer = service === null || object.realServerId === null ? null : `${service}/health/${object.realServerId}`;
  return [
    named(object.clusterName ?? object.clusterId, cluster, '›'),
    named(object.serviceName ?? object.serviceId, service, '›'),
    named(object.realServerName ?? object.realServerId, realServer, '›'),
    named(object.directorName ?? object.directorId, object.directorId === null ? null : `/directors/${object.directorId}`, '·'),
  ].flat();
}

function named(name: string | null, href: string | null, sign: Named['sign']): Named[] {
  return name === null ? [] : [{ name, href, sign }];
}
