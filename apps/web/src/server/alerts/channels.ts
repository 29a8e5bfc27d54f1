// Channels and the mail server: settings of which the secrets are written and used, but never read back, and stand in no log.
import { nanoid } from 'nanoid';
import { z } from 'zod';
import { ChannelAnswer, ChannelLocale, channelsMax, MailSecurity } from '../../alerts/alert.ts';
import type { AlertChannel, MailServer, SaveChannel, SetMailServer } from '../../alerts/alert.ts';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database, Tx } from '../db/database.ts';
import { Prisma } from '../db/generated/client.ts';
import type { AlertChannel as ChannelRow, MailServer as MailServerRow } from '../db/generated/client.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { PanelError } from '../errors.ts';

const Addresses = z.array(z.string());

export function addressesOf({ to }: ChannelRow): string[] {
  return Addresses.parse(to ?? []);
}

function shown(row: ChannelRow, failing: AlertChannel['failing'] = null): AlertChannel {
  const { id, name, locale, url, token, hmacSecret } = row;
  const target = url === null ? { kind: 'email' as const, to: addressesOf(row) } : { kind: 'webHook' as const, url, hasToken: token !== null, hasHmacSecret: hmacSecret !== null };
  return { id, name, locale: ChannelLocale.parse(locale), target, failing };
}

/** The address may hold a secret of its own: the log has its host alone. */
function logged(channel: AlertChannel): Prisma.InputJsonObject {
  const { name, locale, target } = channel;
  return { name, locale, ...(target.kind === 'email' ? { kind: target.kind, to: target.to } : { kind: target.kind, host: new URL(target.url).host, hasToken: target.hasToken, hasHmacSecret: target.hasHmacSecret }) };
}

/** Left out it stays as it is. */
function secret(given: string | null | undefined, before: string | null | undefined): string | null {
  return given === undefined ? before ?? null : given;
}

function dataOf({ name, locale, target }: SaveChannel, before: ChannelRow | null): Omit<Prisma.AlertChannelUncheckedCreateInput, 'id'> {
  if (target.kind === 'email') return { name, locale, url: null, token: null, hmacSecret: null, to: target.to };
  // To another host it is not sent unless it is given again.
  const kept = before?.url !== null && before?.url !== undefined && new URL(before.url).origin === new URL(target.url).origin ? before.token : null;
  return { name, locale, url: target.url, token: secret(target.token, kept), hmacSecret: secret(target.hmacSecret, before?.hmacSecret), to: Prisma.DbNull };
}

export async function listChannels(db: Database): Promise<AlertChannel[]> {
  const refused = await db.alertMessage.findMany({
    where: { state: 'waiting', tries: { gt: 0 } }, orderBy: [{ channelId: 'asc' }, { firstTryAt: 'asc' }], distinct: ['channelId'], select: { channelId: true, firstTryAt: true, lastAnswer: true },
  });
  const failing = new Map(refused.flatMap(({ channelId, firstTryAt, lastAnswer }) => {
    const answer = ChannelAnswer.safeParse(lastAnswer).data;
    return firstTryAt === null || answer === undefined ? [] : [[channelId, { sinceMs: firstTryAt.getTime(), answer }] as const];
  }));
  return (await db.alertChannel.findMany({ orderBy: { name: 'asc' } })).map((row) => shown(row, failing.get(row.id)));
}

export async function saveChannel(db: Database, actor: Actor, channel: SaveChannel): Promise<{ id: string }> {
  const id = channel.id ?? nanoid();
  try {
    await db.$transaction(async (tx) => {
      const before = await tx.alertChannel.findUnique({ where: { id } });
      if (channel.id !== null && before === null) throw new PanelError('noSuchChannel');
      if (before === null && await tx.alertChannel.count() >= channelsMax) throw new PanelError('tooManyChannels', { max: channelsMax });
      const data = dataOf(channel, before);
      const after = await tx.alertChannel.upsert({ where: { id }, create: { id, ...data }, update: data });
      await audit(tx, actor, {
        action: 'alerts.saveChannel', object: { kind: 'alertChannel', id, name: channel.name },
        ...(before !== null && { before: logged(shown(before)) }), after: { ...logged(shown(after)), ...secretsChanged(before, after) },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, 'AlertChannel')) throw new PanelError('channelNameTaken', { name: channel.name }, error);
    throw error;
  }
  return { id };
}

function secretsChanged(before: ChannelRow | null, after: ChannelRow): Prisma.InputJsonObject {
  if (before === null) return {};
  const changed = [before.url !== after.url && 'url', before.token !== after.token && 'token', before.hmacSecret !== after.hmacSecret && 'hmacSecret'].filter((name) => name !== false);
  return changed.length === 0 ? {} : { changed };
}

/** What waits for it is not sent any more. `leaveOut`: of the rules that name it. */
export async function removeChannel(db: Database, actor: Actor, id: string, leaveOut: (tx: Tx) => Promise<void>): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await tx.alertChannel.findUnique({ where: { id } });
    if (row === null) throw new PanelError('noSuchChannel');
    await leaveOut(tx);
    await tx.alertMessage.updateMany({ where: { channelId: id, state: 'waiting' }, data: { state: 'givenUp', nextTryAt: null } });
    await tx.alertChannel.delete({ where: { id } });
    await audit(tx, actor, { action: 'alerts.removeChannel', object: { kind: 'alertChannel', id, name: row.name }, before: logged(shown(row)) });
  });
}

function shownServer({ host, port, security, user, from, password }: MailServerRow): MailServer {
  return { host, port, security: MailSecurity.parse(security), user, from, hasPassword: password !== null };
}

/** Null: none is set. */
export async function readMailServer(db: Database): Promise<MailServer | null> {
  const row = await db.mailServer.findUnique({ where: { id: 1 } });
  return row === null ? null : shownServer(row);
}

/** To another host the password is not sent unless it is given again. */
export async function setMailServer(db: Database, actor: Actor, { password, ...server }: SetMailServer): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await tx.mailServer.findUnique({ where: { id: 1 } });
    const kept = before?.host === server.host && before.port === server.port ? before.password : null;
    const data = { ...server, password: secret(password, kept) };
    const after = await tx.mailServer.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data });
    await audit(tx, actor, {
      action: 'alerts.setMailServer', object: { kind: 'mailServer', name: server.host }, ...(before !== null && { before: { ...shownServer(before) } }),
      after: { ...shownServer(after), ...(before !== null && before.password !== after.password && { changed: ['password'] }) },
    });
  });
}
