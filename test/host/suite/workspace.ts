// What the tests of the suite share: the workspace, the running extension, waiting, answering for the person.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Running } from '../../../client/src/extension.ts';

/** The extension, activated, with its server up. */
export async function extension(): Promise<Running> {
  const found = vscode.extensions.getExtension<Running>('mapwarden.mapwarden');
  assert.ok(found, 'the extension is not installed');
  const running = await found.activate();
  await running.started;
  return running;
}

/** The folder of the sample workspace. */
export function samples(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder.uri;
}

// Each test file has its own copy of this module; the time keeps their folders apart.
const scratchPrefix = `scratch${Date.now().toString(36)}`;
let scratchCount = 0;

/** A folder with a Go module of its own, so that no test sees what another wrote. */
export async function scratchModule(files: Readonly<Record<string, string>>, parent = samples()): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(parent, `${scratchPrefix}-${++scratchCount}`);
  const all = { 'go.mod': `module example.com/scratch${scratchCount}\n\ngo 1.23\n`, ...files };
  for (const [name, text] of Object.entries(all)) await write(vscode.Uri.joinPath(folder, name), text);
  return folder;
}

export async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

export function findingsIn(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'mapwarden');
}

/** The id of the rule that made a diagnostic. */
export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

/** Waits until the rules of the findings in a file are exactly these, in order of place. */
export async function rulesBecome(uri: vscode.Uri, ...rules: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
  const found = () => [...findingsIn(uri)].sort((a, b) => a.range.start.compareTo(b.range.start));
  return eventually(
    () => `${uri.path} has ${rules.join(', ') || 'no findings'}; it has ${found().map(ruleOf).join(', ') || 'none'}`,
    () => (found().map(ruleOf).join() === rules.join() ? found() : undefined),
  );
}

/** Asks again until there is an answer. @throws AssertionError with `what` when time runs out */
export async function eventually<T>(what: string | (() => string), ask: () => T | undefined | PromiseLike<T | undefined>, milliseconds = 15_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) assert.fail(`not within ${milliseconds / 1000} s: ${typeof what === 'string' ? what : what()}`);
    await pause(50);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The code action with this title; asks in a loop, because VS Code drops answers while extensions register providers. */
export async function codeAction(uri: vscode.Uri, range: vscode.Range, title: RegExp, kind?: string): Promise<vscode.CodeAction> {
  let titles: readonly string[] = [];
  return eventually(
    () => `an action ${title}; offered: ${titles.join(' | ')}`,
    async () => {
      const actions = (await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind)) ?? [];
      titles = actions.map((action) => action.title);
      return actions.find((action) => title.test(action.title));
    },
  );
}

/** Does what choosing an action in the menu does. */
export async function take(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), `${action.title} could not be applied`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

type Asking = 'showInputBox' | 'showQuickPick' | 'showErrorMessage' | 'showInformationMessage';

/** Answers what `vscode.window` would ask the person while `work` runs; returns what was asked. */
export async function answering(answers: Partial<Record<Asking, (...asked: readonly unknown[]) => unknown>>, work: () => Promise<unknown>): Promise<readonly unknown[][]> {
  const asked: unknown[][] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  const originals = Object.keys(answers).map((name) => [name, window[name]] as const);
  for (const [name, answer] of Object.entries(answers)) {
    window[name] = async (...parameters: readonly unknown[]) => {
      asked.push([name, ...parameters]);
      return answer(...(await Promise.all(parameters)));
    };
  }
  try {
    await work();
  } finally {
    for (const [name, original] of originals) window[name] = original;
  }
  return asked;
}

/** Sets a setting of the workspace while `work` runs. */
export async function withSetting(name: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('mapwarden', samples());
  await settings().update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await work();
  } finally {
    await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** A file with one loop that `delete-loop` reports. */
export const oneLoop = `package scratch

func reset(m map[string]int) {
	for k := range m {
		delete(m, k)
	}
}
`;

/** The same with three loops. */
export const threeLoops = `package scratch

func reset(a, b, c map[string]int) {
	for k := range a {
		delete(a, k)
	}
	for k := range b {
		delete(b, k)
	}
	for k := range c {
		delete(c, k)
	}
}
`;
