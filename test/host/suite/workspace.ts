// What the tests of the suite share: the sample workspace, the running extension, waiting.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Running } from '../../../client/src/extension.ts';

/** The extension, activated. */
export async function extension(): Promise<Running> {
  const found = vscode.extensions.getExtension<Running>('mapwarden.mapwarden');
  assert.ok(found, 'the extension is not installed');
  return found.activate();
}

/** The folder of the sample workspace. */
export function samples(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder.uri;
}

export async function openSample(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(samples(), path)));
}

/** Asks again until there is an answer. @throws AssertionError with `what` when time runs out */
export async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>, milliseconds = 15_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < end, `not within ${milliseconds / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
