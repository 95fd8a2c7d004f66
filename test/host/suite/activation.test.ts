import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, openSample } from './workspace.ts';

describe('activation', () => {
  it('happens when a Go file opens, within 20 ms of work', async () => {
    await openSample('go/cache/cache.go');
    const begun = performance.now();
    const { started } = await extension();
    await started;
    assert.ok(extensionIsActive(), `not active after ${performance.now() - begun} ms`);
  });

  it('registers every command of the manifest', async () => {
    await extension();
    const registered = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension('mapwarden.mapwarden')!.packageJSON as { contributes: { commands: { command: string }[] } };
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

function extensionIsActive(): boolean {
  return vscode.extensions.getExtension('mapwarden.mapwarden')?.isActive === true;
}
