import type { Locale, Message, Rule } from './rule.ts';

/**
 * The text of a message in a language; places without an argument stay as they are written.
 * @throws Error if the rule has no message of that id: a bug in the rule.
 */
export function formatMessage(rule: Rule, message: Message, locale: Locale): string {
  const template = rule.messages[locale][message.id];
  if (template === undefined) throw new Error(`rule ${rule.id} has no message '${message.id}' in ${locale}`);
  const values = message.arguments ?? {};
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
