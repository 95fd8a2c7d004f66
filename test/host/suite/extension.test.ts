import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { answering, closeEditors, eventually, extension, oneLoop, rulesBecome, samples, scratchModule, show } from './workspace.ts';

describe('extension', () => {
  afterEach(closeEditors);

  it('is activated by a Go file', async () => {
    await show(vscode.Uri.joinPath(samples(), 'go/cache/cache.go'));
    await eventually('activation', () => (vscode.extensions.getExtension('mapwarden.mapwarden')?.isActive ? true : undefined));
  });

  it('registers every command of the manifest', async () => {
    await extension();
    const registered = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension('mapwarden.mapwarden')!.packageJSON as { contributes: { commands: { command: string }[] } };
    assert.deepEqual(manifest.contributes.commands.filter(({ command }) => !registered.has(command)), []);
  });

  it('shows pages of rules, strategies and sections, and the way back', async () => {
    const { pages, server } = await extension();
    await vscode.commands.executeCommand('mapwarden.explainRule', 'delete-loop');
    const titleOf = async (topic: string): Promise<string> => (await server.request('mapwarden/explain', { topic }))!.title;
    const shows = async (topic: string): Promise<void> => {
      const title = await titleOf(topic);
      await eventually(`the page of ${topic}`, () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label, input }) => label === title && input instanceof vscode.TabInputWebview));
      assert.equal(pages.shown, topic);
    };
    await shows('delete-loop');
    await vscode.commands.executeCommand('mapwarden.explainRule', 'range-and-delete');
    await shows('range-and-delete');
    await vscode.commands.executeCommand('mapwarden.contents');
    await shows('contents');
    await vscode.commands.executeCommand('mapwarden.backInPages');
    await shows('range-and-delete');
    const page = (await server.request('mapwarden/explain', { topic: 'section-2.3' }))!;
    assert.match(page.html, /<nav>/);
    assert.match((await server.request('mapwarden/explain', { topic: 'copy-on-write' }))!.html, /<svg role="img"/);
    assert.match((await server.request('mapwarden/explain', { topic: 'contents' }))!.html, /--vscode-charts-blue/);
  });

  it('lets one choose what to explain', async () => {
    await extension();
    const asked = await answering({ showQuickPick: () => undefined }, async () => vscode.commands.executeCommand('mapwarden.explainRule'));
    const items = (await asked[0]?.[1]) as readonly { label: string; description?: string }[];
    for (const topic of ['delete-loop', 'clear', 'section-2.3', 'contents']) assert.ok(items.some(({ description }) => description === topic), topic);
  });

  it('opens the sample that the walkthrough is about, and begins what a step is about', async () => {
    await extension();
    await vscode.commands.executeCommand('mapwarden.openSample');
    const document = vscode.window.activeTextEditor!.document;
    assert.match(document.uri.path, /\/sample\/go\/dispatch\/dispatch\.go$/);
    await rulesBecome(document.uri, 'unsynchronized-access', 'guarded-map-escapes');
    const asked = await answering({ showQuickPick: () => undefined }, async () => vscode.commands.executeCommand('mapwarden.openSample', 'choose'));
    const items = (await asked[0]?.[1]) as readonly { label: string }[];
    assert.ok(items.some(({ label }) => label === 'delete loop'), items.map(({ label }) => label).join());
  });

  it('says so when there is no such rule', async () => {
    await extension();
    const asked = await answering({ showErrorMessage: () => undefined }, async () => vscode.commands.executeCommand('mapwarden.explainRule', 'no-such-rule'));
    assert.match(String(asked[0]?.[1]), /no-such-rule/);
  });

  it('finds again after a restart of the server', async () => {
    await extension();
    const uri = await openedLoop();
    await vscode.commands.executeCommand('mapwarden.restart');
    await rulesBecome(uri, 'delete-loop');
    const editor = await show(uri);
    await editor.edit((edit) => edit.delete(new vscode.Range(3, 0, 6, 0)));
    await rulesBecome(uri);
  });

  it('starts a crashed server again', async () => {
    const { server } = await extension();
    const uri = await openedLoop();
    const process = () => (server.client as LanguageClient).serverProcess;
    const crashed = process();
    assert.ok(crashed?.pid);
    crashed.kill('SIGKILL');
    await eventually('another server', () => (server.client.isRunning() && process()?.pid !== crashed.pid ? true : undefined));
    await rulesBecome(uri, 'delete-loop');
    const editor = await show(uri);
    await editor.edit((edit) => edit.delete(new vscode.Range(3, 0, 6, 0)));
    await rulesBecome(uri);
  });

  it('starts a server again that crashed while messages were on their way', async () => {
    const { server } = await extension();
    const uri = await openedLoop();
    const client = server.client as LanguageClient;
    const crashed = client.serverProcess;
    assert.ok(crashed?.pid);
    crashed.kill('SIGKILL');
    // Dead before this process hears of it: it has no time to, and writes into a pipe that nobody reads.
    for (const end = Date.now() + 100; Date.now() < end; );
    await Promise.allSettled(Array.from({ length: 20 }, (_, token) => client.sendNotification('$/progress', { token, value: 0 })));
    await eventually('another server', () => (client.isRunning() && client.serverProcess?.pid !== crashed.pid ? true : undefined));
    const editor = await show(uri);
    await editor.edit((edit) => edit.delete(new vscode.Range(3, 0, 6, 0)));
    await rulesBecome(uri);
  });

  it('gives up on a server that keeps crashing, says so once, and starts it when asked', async function () {
    this.timeout(60_000);
    const { server } = await extension();
    const client = server.client as LanguageClient;
    await vscode.commands.executeCommand('mapwarden.restart');
    const asked = await answering({ showErrorMessage: () => undefined }, async () => {
      for (let crash = 1; crash <= 5; crash++) {
        const running = await eventually('a server', () => (client.isRunning() ? client.serverProcess : undefined));
        running.kill('SIGKILL');
        await eventually('its end', () => (client.isRunning() && client.serverProcess === running ? undefined : true));
      }
      await eventually('no server', () => (client.isRunning() ? undefined : true));
    });
    assert.deepEqual(asked.map(([name]) => name), ['showErrorMessage']);
    await vscode.commands.executeCommand('mapwarden.restart');
    await rulesBecome(await openedLoop(), 'delete-loop');
  });
});

async function openedLoop(): Promise<vscode.Uri> {
  const folder = await scratchModule({ 'a.go': oneLoop });
  const uri = vscode.Uri.joinPath(folder, 'a.go');
  await show(uri);
  await rulesBecome(uri, 'delete-loop');
  return uri;
}
