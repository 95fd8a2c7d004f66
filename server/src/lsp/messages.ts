import { formatMessage } from '../rules/messages.ts';
import type { Finding, Message } from '../rules/rule.ts';
import type { Session } from './session.ts';

/** A message of a rule in the language of the settings. */
export function textOf(session: Pick<Session, 'rules' | 'configuration'>, rule: string, message: Message): string {
  const known = session.rules.get(rule);
  return known ? formatMessage(known, message, session.configuration.locale) : `${rule}: ${message.id}`;
}

/**
 * The title of a fix as a menu entry: it begins with a capital letter, unless it begins with code, which is not ours to change.
 */
export function titleOf(session: Pick<Session, 'rules' | 'configuration'>, finding: Finding, title: Message): string {
  const text = textOf(session, finding.rule, title);
  const firstWord = /^[a-z]+(?= )/.exec(text)?.[0];
  return firstWord ? firstWord[0]!.toUpperCase() + text.slice(1) : text;
}

/** Where a rule is explained, or undefined when the client has no place for it. */
export function explainUri(session: Pick<Session, 'client'>, rule: string): string | undefined {
  return session.client.explainUri === undefined ? undefined : `${session.client.explainUri}${encodeURIComponent(rule)}`;
}
