import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, eventually, extension, findingsIn, oneLoop, pause, rulesBecome, samples, scratchModule, show, withSetting } from './workspace.ts';

describe('findings', () => {
  before(extension);
  afterEach(closeEditors);

  it('appear in an opened file, with rule, link and severity', async () => {
    const uri = vscode.Uri.joinPath(samples(), 'go/cache/cache.go');
    await show(uri);
    const [finding] = await eventually('findings', () => (findingsIn(uri).length > 0 ? findingsIn(uri) : undefined));
    assert.ok(finding);
    assert.equal(finding.source, 'mapwarden');
    const code = finding.code as { value: string; target: vscode.Uri };
    assert.equal(code.target.toString(), `${vscode.env.uriScheme}://mapwarden.mapwarden/explain/${code.value}`);
    assert.notEqual(finding.message, '');
  });

  it('appear in files that nobody opened', async () => {
    const folder = await scratchModule({ 'a.go': oneLoop });
    await rulesBecome(vscode.Uri.joinPath(folder, 'a.go'), 'delete-loop');
  });

  it('follow what is typed, without saving', async () => {
    const folder = await scratchModule({ 'a.go': 'package scratch\n' });
    const editor = await show(vscode.Uri.joinPath(folder, 'a.go'));
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), oneLoop.slice('package scratch\n'.length)));
    await rulesBecome(editor.document.uri, 'delete-loop');
    await editor.edit((edit) => edit.delete(new vscode.Range(1, 0, editor.document.lineCount, 0)));
    await rulesBecome(editor.document.uri);
  });

  it('stand in untitled documents too', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'go', content: oneLoop });
    await vscode.window.showTextDocument(document);
    await rulesBecome(document.uri, 'delete-loop');
  });

  it('never stand in copies of a file such as git shows', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('git', { provideTextDocumentContent: () => oneLoop });
    try {
      const copy = await vscode.workspace.openTextDocument(vscode.Uri.parse('git:/copy/a.go'));
      assert.equal(copy.languageId, 'go');
      await vscode.window.showTextDocument(copy);
      const folder = await scratchModule({ 'a.go': oneLoop });
      const uri = vscode.Uri.joinPath(folder, 'a.go');
      await show(uri);
      await rulesBecome(uri, 'delete-loop');
      await pause(300);
      assert.deepEqual(findingsIn(copy.uri), []);
    } finally {
      provider.dispose();
    }
  });

  it('are explained by a hover, in the language of the setting', async () => {
    const folder = await scratchModule({ 'a.go': oneLoop });
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await show(uri);
    const [finding] = await rulesBecome(uri, 'delete-loop');
    const english = await hoverAt(uri, finding!.range.start, /delete-loop/);
    assert.match(english, /removes the entries of a map one by one/);
    await withSetting('language', 'zh-cn', async () => {
      await hoverAt(uri, finding!.range.start, /\p{Script=Han}/u);
      await eventually('a Chinese message', () => (/\p{Script=Han}/u.test(findingsIn(uri)[0]?.message ?? '') ? true : undefined));
    });
    await hoverAt(uri, finding!.range.start, /removes the entries of a map one by one/);
  });

  it('go when the file is deleted', async () => {
    const folder = await scratchModule({ 'a.go': oneLoop });
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await show(uri);
    await rulesBecome(uri, 'delete-loop');
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(uri);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await rulesBecome(uri);
  });

  it('go when a file that nobody opened is deleted on disk', async () => {
    const folder = await scratchModule({ 'a.go': oneLoop });
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await rulesBecome(uri, 'delete-loop');
    await vscode.workspace.fs.delete(uri);
    await rulesBecome(uri);
  });

  it('move with a renamed file', async () => {
    const folder = await scratchModule({ 'a.go': oneLoop });
    const [from, to] = [vscode.Uri.joinPath(folder, 'a.go'), vscode.Uri.joinPath(folder, 'b.go')];
    await show(from);
    await rulesBecome(from, 'delete-loop');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await rulesBecome(to, 'delete-loop');
    await rulesBecome(from);
  });

  it('go with a folder that is closed', async () => {
    const extra = vscode.workspace.workspaceFolders?.[1];
    assert.ok(extra, 'the suite runs in a workspace of two folders');
    const folder = await scratchModule({ 'a.go': oneLoop }, extra.uri);
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await rulesBecome(uri, 'delete-loop');
    assert.ok(vscode.workspace.updateWorkspaceFolders(1, 1));
    await rulesBecome(uri);
  });
});

async function hoverAt(uri: vscode.Uri, position: vscode.Position, expected: RegExp): Promise<string> {
  let last = '';
  return eventually(
    () => `a hover with ${expected}; it says: ${last}`,
    async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
      last = hovers.flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n');
      return expected.test(last) ? last : undefined;
    },
  );
}
