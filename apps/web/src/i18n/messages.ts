// The texts of a language.
import type { Locale } from './locale.ts';
import en from './messages/en.json' with { type: 'json' };
import zhCn from './messages/zh-CN.json' with { type: 'json' };

export type Messages = typeof en;

const messages: Record<Locale, Messages> = { en, 'zh-CN': zhCn };

export function messagesOf(locale: Locale): Messages {
  return messages[locale];
}
