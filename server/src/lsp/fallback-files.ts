// Two files with complementary build constraints, as one edit of the workspace.

import type { WorkspaceEdit } from 'vscode-languageserver';
import { dirname } from '../workspace/paths.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import type { FallbackFilesAnswer, PlaceReference } from './protocol.ts';
import type { Session } from './session.ts';

export function fallbackFiles(session: Session, { uri, position }: PlaceReference): FallbackFilesAnswer {
  const path = session.analysedPath(uri);
  const { fallbackReasons } = session.strings;
  if (path === undefined) return { edit: null, created: [], reason: fallbackReasons['not-possible'] };
  const answer = session.analyzer.fallbackFilesAt(path, session.places.of(path).offset(position));
  if (typeof answer === 'string') return { edit: null, created: [], reason: fallbackReasons[answer] };
  const creates = answer.files.map(({ name, text }) => ({ uri: session.uriOf(`${dirname(path)}/${name}`), text }));
  const documents = answer.edits.length === 0 ? [] : [documentEdits(session, path, answer.edits)];
  const edit = workspaceEdit(session, { documents, creates });
  return { edit: edit ?? null, created: edit ? creates.map((each) => each.uri) : [], reason: edit ? '' : fallbackReasons['not-possible'] };
}

/** The files as an edit where something at the place needs them; undefined anywhere else. */
export function fallbackEditAt(session: Session, path: string, place: PlaceReference): { readonly edit: WorkspaceEdit; readonly since: number } | undefined {
  const answer = session.analyzer.fallbackFilesAt(path, session.places.of(path).offset(place.position));
  if (typeof answer === 'string' || answer.edits.length === 0) return undefined;
  const { edit } = fallbackFiles(session, place);
  return edit ? { edit, since: answer.since } : undefined;
}
