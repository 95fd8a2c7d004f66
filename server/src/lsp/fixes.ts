import type { ChangeAnnotation, CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { ResolvedFix } from '../analyzer.ts';
import type { Finding } from '../rules/rule.ts';
import type { Edit } from '../text/span.ts';
import { textOf, titleOf } from './messages.ts';
import type { Session } from './session.ts';

/** A fix as plain data with positions, ready to travel to the client and back. */
export interface PortableFix {
  readonly title: string;
  readonly safe: boolean;
  readonly caution?: string;
  readonly documents: readonly DocumentEdits[];
  readonly creates: readonly { readonly uri: string; readonly text: string }[];
}

export interface DocumentEdits {
  readonly uri: string;
  /** Null for a file that is not open: its content on disk counts. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
}

export function portableFixes(session: Session, finding: Finding): readonly PortableFix[] {
  return session.analyzer.fixesOf(finding).map((fix) => portable(session, finding, fix));
}

function portable(session: Session, finding: Finding, fix: ResolvedFix): PortableFix {
  return {
    title: titleOf(session, finding, fix.title),
    safe: fix.safe,
    ...(fix.caution ? { caution: textOf(session, finding.rule, fix.caution) } : {}),
    documents: [...fix.edits].map(([path, edits]) => documentEdits(session, path, edits)),
    creates: fix.creates.map(({ path, text }) => ({ uri: session.uriOf(path), text })),
  };
}

export function documentEdits(session: Session, path: string, edits: readonly Edit[]): DocumentEdits {
  const places = session.places.of(path);
  return {
    uri: session.uriOf(path),
    version: session.documents.byPath(path)?.version ?? null,
    edits: edits.map((edit) => ({ range: places.range(edit), newText: edit.newText })),
  };
}

/** True if every document that the fix touches is as it was when the fix was made. */
export function isCurrent(session: Session, fix: PortableFix): boolean {
  return fix.documents.every((document) => (session.documents.byUri(document.uri)?.version ?? null) === document.version);
}

/**
 * The edit of a fix in the form that the client takes; undefined when it cannot express it. `confirm` has the client ask
 * before it applies the edit, where it can.
 */
export function workspaceEdit(
  session: Session,
  fix: Pick<PortableFix, 'documents' | 'creates'>,
  confirm?: { readonly label: string; readonly description: string | undefined },
): WorkspaceEdit | undefined {
  const { client } = session;
  if (fix.creates.length > 0 && !client.createsFiles) return undefined;
  if (!client.takesDocumentChanges) {
    return { changes: Object.fromEntries(fix.documents.map(({ uri, edits }) => [uri, [...edits]])) };
  }
  const annotation = confirm && client.confirmsChanges ? 'confirm' : undefined;
  const annotated = (edits: readonly TextEdit[]): TextDocumentEdit['edits'] =>
    annotation === undefined ? [...edits] : edits.map((edit) => ({ ...edit, annotationId: annotation }));
  const created = fix.creates.flatMap(({ uri, text }): (CreateFile | TextDocumentEdit)[] => [
    { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false }, ...(annotation === undefined ? {} : { annotationId: annotation }) },
    { textDocument: { uri, version: null }, edits: annotated([{ range: startOfFile, newText: text }]) },
  ]);
  const changed = fix.documents.map(({ uri, version, edits }): TextDocumentEdit => ({ textDocument: { uri, version }, edits: annotated(edits) }));
  return {
    documentChanges: [...created, ...changed],
    ...(annotation === undefined || !confirm ? {} : { changeAnnotations: { [annotation]: changeAnnotation(confirm) } }),
  };
}

const startOfFile = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function changeAnnotation({ label, description }: { readonly label: string; readonly description: string | undefined }): ChangeAnnotation {
  return { label, needsConfirmation: true, ...(description === undefined ? {} : { description }) };
}
