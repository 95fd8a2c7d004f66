// Findings as VS Code holds them: what a command acts on when it is called without arguments.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FindingReference } from '../../server/src/lsp/protocol.ts';
import { l10n } from './l10n.ts';

/**
 * The finding under the cursor of the active editor, asking which one when there are several. Undefined when there is none
 * (the person is told) or the choice is given up.
 */
export async function findingAtCursor(client: BaseLanguageClient): Promise<FindingReference | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const findings = findingsAt(editor.document, editor.selection);
  if (findings.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is no finding of Mapwarden at the cursor.'));
    return undefined;
  }
  const chosen = findings.length === 1 ? findings[0] : await choose(findings);
  const rule = chosen && ruleOf(chosen);
  if (!chosen || rule === undefined) return undefined;
  return {
    uri: client.code2ProtocolConverter.asUri(editor.document.uri),
    rule,
    range: client.code2ProtocolConverter.asRange(chosen.range),
  };
}

function findingsAt(document: vscode.TextDocument, selection: vscode.Range): readonly vscode.Diagnostic[] {
  const own = vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'mapwarden' && ruleOf(diagnostic) !== undefined);
  const touched = own.filter(({ range }) => range.intersection(selection) !== undefined);
  if (touched.length > 0) return touched;
  return own.filter(({ range }) => range.start.line <= selection.end.line && range.end.line >= selection.start.line);
}

async function choose(findings: readonly vscode.Diagnostic[]): Promise<vscode.Diagnostic | undefined> {
  const items = findings.map((finding) => ({ label: ruleOf(finding) ?? '', description: finding.message, finding }));
  const item = await vscode.window.showQuickPick(items, { placeHolder: l10n.t('Which finding?') });
  return item?.finding;
}

/** The id of the rule that made a diagnostic. */
function ruleOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return typeof value === 'string' ? value : undefined;
}
