import { lineEndOf } from '../text/lines.ts';
import { applyEdits as applyJsonEdits, modify, parseTree, type ParseError } from 'jsonc-parser';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { configurationName } from '../config/configuration.ts';
import { dirname, isInside, join } from '../workspace/paths.ts';
import { documentEdits, workspaceEdit } from './fixes.ts';
import type { SeverityParams } from './protocol.ts';
import type { Session } from './session.ts';

/**
 * The edit that sets a rule's severity in the `.mapwarden.json` that holds for a file, comments kept; it makes one in the
 * workspace folder when there is none. Undefined when the file that is there has faults, or when the client cannot make files.
 */
export function severityEdit(session: Session, { uri, rule, severity }: SeverityParams): WorkspaceEdit | undefined {
  const path = session.analysedPath(uri);
  if (path === undefined || !session.rules.has(rule)) return undefined;
  const configuration = configurationAbove(session, path);
  if (configuration === undefined) return creation(session, path, rule, severity);
  const { text } = session.places.of(configuration);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const blank = text.trim() === '';
  if (!blank && (errors.length > 0 || root?.type !== 'object')) return undefined;
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: lineEndOf(text) };
  const edits = modify(text, ['rules', rule], severity, { formattingOptions }).map(({ offset, length, content }) => ({
    start: offset,
    end: offset + length,
    newText: content,
  }));
  return workspaceEdit(session, { documents: [documentEdits(session, configuration, edits)], creates: [] });
}

function creation(session: Session, path: string, rule: string, severity: string): WorkspaceEdit | undefined {
  const folder = workspaceFolderOf(session, path);
  if (folder === undefined) return undefined;
  const text = applyJsonEdits('{}', modify('{}', ['rules', rule], severity, { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } }));
  return workspaceEdit(session, { documents: [], creates: [{ uri: session.uriOf(join(folder, configurationName)), text: `${text}\n` }] });
}

/** The nearest configuration file at or above a file's folder, up to the root of its repository. */
function configurationAbove(session: Session, path: string): string | undefined {
  let folder = dirname(path);
  for (;;) {
    const candidate = join(folder, configurationName);
    if (session.files.kindOf(candidate) === 'file') return candidate;
    const parent = dirname(folder);
    if (parent === folder || session.files.kindOf(join(folder, '.git')) !== undefined) return undefined;
    folder = parent;
  }
}

function workspaceFolderOf(session: Session, path: string): string | undefined {
  const around = session.configuration.folders.filter((folder) => isInside(folder, path));
  return around.sort((a, b) => b.length - a.length)[0];
}
