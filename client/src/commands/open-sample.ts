// The sample workspace that the walkthrough is about: a copy of it that may be edited.

import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import type { Pages } from '../views/pages.ts';
import { chooseStrategy } from './choose-strategy.ts';

/** What the sample is opened for: to see a finding, to choose a strategy for a clear, to write a snippet. */
export type SampleStep = 'find' | 'choose' | 'snippets';

const sampleFile = 'go/dispatch/dispatch.go';

/** What the cursor is set to, in each step. */
const places: Readonly<Record<SampleStep, string>> = { find: 'plan[order.ID]', choose: 'clear(b.picked)', snippets: '' };

/** Opens a fresh copy of the sample beside what is open, at the place of a step, and begins what the step is about. */
export async function openSample(context: vscode.ExtensionContext, server: Server, pages: Pages, step: unknown): Promise<void> {
  const known: SampleStep = step === 'choose' || step === 'snippets' ? step : 'find';
  const document = await sampleDocument(context);
  const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  const text = document.getText();
  const place = document.positionAt(known === 'snippets' ? text.length : text.indexOf(places[known]));
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
  if (known === 'choose') await chooseStrategy(server, pages);
  if (known === 'snippets') {
    await editor.edit((edit) => edit.insert(place, '\nmw'));
    // The page that was clicked may have taken the focus back.
    await vscode.window.showTextDocument(document, editor.viewColumn);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
  }
}

/** A file on the disk where there is one; else a document without a file. */
async function sampleDocument({ extensionUri, globalStorageUri }: vscode.ExtensionContext): Promise<vscode.TextDocument> {
  const source = vscode.Uri.joinPath(extensionUri, 'dist', 'sample');
  if (globalStorageUri.scheme === 'file') {
    const target = vscode.Uri.joinPath(globalStorageUri, 'sample');
    await vscode.workspace.fs.createDirectory(globalStorageUri);
    await vscode.workspace.fs.copy(source, target, { overwrite: true });
    return vscode.workspace.openTextDocument(vscode.Uri.joinPath(target, sampleFile));
  }
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(source, sampleFile)));
  return vscode.workspace.openTextDocument({ language: 'go', content });
}
