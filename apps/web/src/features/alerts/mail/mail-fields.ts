// The mail server as the fields of a form.
import { z } from 'zod';
import { MailSecurity, SetMailServer, type MailServer } from '../../../alerts/alert.ts';
import { secretOf } from '../channels/channel-fields.ts';
import { numberIn } from '../rules/rule-fields.ts';

const Fields = z.object({
  host: z.string(), port: z.string(), security: MailSecurity, user: z.string(), password: z.string(), forgetPassword: z.boolean(), from: z.string(),
});
export type MailFields = z.infer<typeof Fields>;

export const MailForm = Fields.transform(({ host, port, security, user, password, forgetPassword, from }): z.input<typeof SetMailServer> => ({
  host, port: numberIn(port), security, user: user.trim() === '' ? null : user, password: secretOf(password, forgetPassword), from: from.trim(),
})).pipe(SetMailServer);

/** RFC 6409 and RFC 8314; 25 within one's own network. */
export const usualPorts: Record<MailServer['security'], string> = { startTls: '587', tls: '465', none: '25' };

export function fieldsOf(server: MailServer | null): MailFields {
  const { host = '', port, security = 'startTls', user = null, from = '' } = server ?? {};
  return { host, port: String(port ?? usualPorts[security]), security, user: user ?? '', password: '', forgetPassword: false, from };
}
