// Who else has a container, in words.

import type { ContainerHolder } from '../analysis/concurrency/container-facts.ts';
import type { PlaceHolder } from '../typescript/container-operations.ts';
import { basename } from '../workspace/paths.ts';
import type { Session } from './session.ts';

/** More are only counted: a card is read at a glance. */
const named = 3;

/** @param isMarkup whether names are marked as code */
export function holderNames(session: Session, holders: readonly (ContainerHolder | PlaceHolder)[], isMarkup = true): readonly string[] {
  const { holderElsewhere, holderNamed, moreHolders } = session.strings;
  const names = holders.slice(0, named).map((holder) => {
    const name = holderNamed(holder.kind, isMarkup ? `\`${holder.name}\`` : holder.name);
    return 'file' in holder && holder.file !== undefined ? holderElsewhere(name, basename(holder.file)) : name;
  });
  return holders.length > named ? [...names, moreHolders(holders.length - named)] : names;
}
