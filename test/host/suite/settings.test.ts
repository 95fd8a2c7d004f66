import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, eventually, extension, findingsIn, oneLoop, pause, rulesBecome, scratchModule, show, withSetting, write } from './workspace.ts';

describe('settings', () => {
  before(extension);
  afterEach(closeEditors);

  it('act at once, without a restart', async () => {
    const uri = await openedLoop();
    await withSetting('rules', { 'delete-loop': 'error' }, () => severityBecomes(uri, vscode.DiagnosticSeverity.Error));
    await severityBecomes(uri, vscode.DiagnosticSeverity.Hint);
    await withSetting('rules', { 'delete-loop': 'off' }, async () => void (await rulesBecome(uri)));
    await withSetting('enable', false, async () => void (await rulesBecome(uri)));
    await withSetting('exclude', ['**/scratch*/**'], async () => void (await rulesBecome(uri)));
    await rulesBecome(uri, 'delete-loop');
  });

  it('of Go’s version replace what go.mod says', async () => {
    const folder = await scratchModule({ 'a.go': 'package scratch\n\nfunc reset(m map[string]int) {\n\tclear(m)\n}\n' });
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await show(uri);
    await withSetting('go.version', '1.20', async () => void (await rulesBecome(uri, 'clear-needs-newer-go')));
    await rulesBecome(uri);
  });

  it('of size leave large files out', async () => {
    const uri = await openedLoop(`${oneLoop}// ${'x'.repeat(2000)}\n`);
    await withSetting('maxFileSize', 1000, async () => void (await rulesBecome(uri)));
    await rulesBecome(uri, 'delete-loop');
  });

  it('onSave waits for the file to be saved', async () => {
    const folder = await scratchModule({ 'a.go': 'package scratch\n' });
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await withSetting('run', 'onSave', async () => {
      const editor = await show(uri);
      await pause(1000);
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), oneLoop.slice('package scratch\n'.length)));
      await pause(1500);
      assert.deepEqual(findingsIn(uri), []);
      await editor.document.save();
      await rulesBecome(uri, 'delete-loop');
    });
  });

  it('of .mapwarden.json act when the file is written and when it goes', async () => {
    const uri = await openedLoop();
    const file = vscode.Uri.joinPath(uri, '..', '.mapwarden.json');
    await write(file, '{ "rules": { "delete-loop": "error" } }\n');
    await severityBecomes(uri, vscode.DiagnosticSeverity.Error);
    await vscode.workspace.fs.delete(file);
    await severityBecomes(uri, vscode.DiagnosticSeverity.Hint);
  });

  it('of .mapwarden.json act while the file is edited', async () => {
    const uri = await openedLoop();
    const file = vscode.Uri.joinPath(uri, '..', '.mapwarden.json');
    await write(file, '{}\n');
    const editor = await show(file);
    assert.equal(editor.document.languageId, 'jsonc');
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 1, 0), '{ "rules": { "delete-loop": "off" } }\n'));
    await rulesBecome(uri);
  });

  it('with a fault get one warning at their line', async () => {
    const folder = await scratchModule({ 'a.go': oneLoop, '.mapwarden.json': '{\n  "rules": { "delet-loop": "error" }\n}\n' });
    await show(vscode.Uri.joinPath(folder, 'a.go'));
    const file = vscode.Uri.joinPath(folder, '.mapwarden.json');
    const [warning, ...others] = await eventually('a warning', () => (findingsIn(file).length > 0 ? findingsIn(file) : undefined));
    assert.deepEqual(others, []);
    assert.equal(warning?.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(warning.range.start.line, 1);
  });
});

async function openedLoop(text = oneLoop): Promise<vscode.Uri> {
  const folder = await scratchModule({ 'a.go': text });
  const uri = vscode.Uri.joinPath(folder, 'a.go');
  await show(uri);
  await rulesBecome(uri, 'delete-loop');
  return uri;
}

async function severityBecomes(uri: vscode.Uri, severity: vscode.DiagnosticSeverity): Promise<void> {
  await eventually(
    () => `severity ${vscode.DiagnosticSeverity[severity]}; it is ${findingsIn(uri).map((finding) => vscode.DiagnosticSeverity[finding.severity]).join()}`,
    () => (findingsIn(uri).length === 1 && findingsIn(uri)[0]?.severity === severity ? true : undefined),
  );
}
