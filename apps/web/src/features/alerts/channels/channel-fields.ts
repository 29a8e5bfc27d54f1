// A channel as the fields of a form. A secret that is left empty stays as it is; it is taken away only by saying so.
import { z } from 'zod';
import { ChannelLocale, SaveChannel, type AlertChannel } from '../../../alerts/alert.ts';

const Fields = z.object({
  name: z.string(), locale: ChannelLocale,
  target: z.object({ kind: z.enum(['webHook', 'email']), url: z.string(), token: z.string(), hmacSecret: z.string(), to: z.string() }),
  forget: z.object({ token: z.boolean(), hmacSecret: z.boolean() }),
});
export type ChannelFields = z.infer<typeof Fields>;

const Email = z.email();

export function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '');
}

/** As it is saved: null takes it away, left out it stays. */
export function secretOf(typed: string, forget: boolean): string | null | undefined {
  return forget ? null : typed === '' ? undefined : typed;
}

/** `id` null: a new one. */
export function channelForm(id: string | null) {
  return Fields.transform(({ name, locale, target, forget }, context): z.input<typeof SaveChannel> => {
    const to = addressesIn(target.to);
    if (target.kind === 'email' && to.some((address) => !Email.safeParse(address).success)) {
      context.addIssue({ code: 'custom', path: ['target', 'to'], params: { code: 'notAnEmail' } });
    }
    return {
      id, name, locale,
      target: target.kind === 'email' ? { kind: 'email', to } : {
        kind: 'webHook', url: target.url.trim(), token: secretOf(target.token, forget.token), hmacSecret: secretOf(target.hmacSecret, forget.hmacSecret),
      },
    };
  }).pipe(SaveChannel);
}

export function fieldsOf(channel: AlertChannel | null, locale: ChannelFields['locale']): ChannelFields {
  const target = { kind: channel?.target.kind ?? 'webHook', url: '', token: '', hmacSecret: '', to: '' } as const;
  const forget = { token: false, hmacSecret: false };
  if (channel === null) return { name: '', locale, target, forget };
  const known = channel.target.kind === 'email' ? { to: channel.target.to.join(', ') } : { url: channel.target.url };
  return { name: channel.name, locale: channel.locale, target: { ...target, ...known }, forget };
}
