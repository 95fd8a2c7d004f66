import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, closeEditors, codeAction, eventually, extension, samples, scratchModule, show, take, withSetting } from './workspace.ts';

describe('strategies', () => {
  before(extension);
  afterEach(closeEditors);

  it('a card says which lock guards a map and who else has it', async () => {
    const uri = vscode.Uri.joinPath(samples(), 'go/dispatch/dispatch.go');
    const editor = await show(uri);
    const card = await hoverThat(uri, placeOf(editor.document, 'clear(b.picked)'), /strategy|clear/);
    assert.match(card, /`mu` guards it, held here; also held by whoever calls `Counts`/);
    assert.ok(card.trim().split('\n').length <= 6, card);
    assert.equal(await cardAt(uri, placeOf(editor.document, 'return b.picked[person]', 'picked[')), undefined);
  });

  it('a card in TypeScript, also for a container that another file declares', async () => {
    const folder = await scratchModule({
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "preserve" }, "include": ["*.ts"] }',
      'shared.ts': 'export const shared = new Map<string, number>();\n',
      'main.ts': "import { shared } from './shared';\n\nexport function reset(): void {\n  shared.clear();\n}\n",
    });
    const uri = vscode.Uri.joinPath(folder, 'main.ts');
    const editor = await show(uri);
    assert.match(await hoverThat(uri, placeOf(editor.document, 'shared.clear()', 'clear'), /Map\.clear/), /everybody who holds it sees it empty/);
  });

  it('cards stay away when hovers are for findings only', async () => {
    const uri = vscode.Uri.joinPath(samples(), 'go/dispatch/dispatch.go');
    const editor = await show(uri);
    const place = placeOf(editor.document, 'clear(b.picked)');
    await hoverThat(uri, place, /clear/);
    await withSetting('hover', 'findings', async () => {
      await eventually('no card', async () => ((await cardAt(uri, place)) === undefined ? true : undefined));
    });
    await hoverThat(uri, place, /clear/);
  });

  it('the choice shows strategies with what follows from each, and writes the one that is taken', async () => {
    const text = 'package scratch\n\ntype store struct{ lines map[string]int }\n\nfunc (s *store) Lines() map[string]int { return s.lines }\n\nfunc Reset(s *store) {\n\ts.lines = nil\n}\n';
    const folder = await scratchModule({ 'a.go': text });
    const editor = await show(vscode.Uri.joinPath(folder, 'a.go'));
    const place = placeOf(editor.document, 's.lines = nil');
    const action = await codeAction(editor.document.uri, new vscode.Range(place, place), /^Choose a clearing strategy for s\.lines/);
    const asked = await answering({ showQuickPick: (items) => (items as { label: string }[]).find(({ label }) => label.startsWith('clear, with')) }, () => take(action));
    const [, items] = asked[0]! as [string, readonly { label: string; description: string; detail: string }[]];
    assert.deepEqual(items.slice(0, 6).map(({ label }) => label), ['make', 'make with the present size', 'clear', 'delete loop', 'clear, with s.mu held', 'a method of its own: resetLines']);
    assert.equal(items[0]!.description, 'keeps the old entries: whoever calls Lines');
    // What does not fit says why, and leads to its page.
    assert.deepEqual(items.slice(-3).map(({ detail }) => detail), Array(3).fill('line 5: the map is handed on as such'));
    await eventually(
      () => `the lock in\n${editor.document.getText()}`,
      () => (editor.document.getText().includes('\ts.mu.Lock()\n\tclear(s.lines)\n\ts.mu.Unlock()\n') && editor.document.getText().includes('mu    sync.Mutex') && editor.document.getText().includes('import "sync"') ? true : undefined),
    );
  });

  it('the fallback files are written and saved', async () => {
    const folder = await scratchModule({ 'go.mod': 'module example.com/old\n\ngo 1.20\n', 'a.go': 'package scratch\n\nfunc reset(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n' });
    const editor = await show(vscode.Uri.joinPath(folder, 'a.go'));
    const place = placeOf(editor.document, 'for k');
    await take(await codeAction(editor.document.uri, new vscode.Range(place, place), /^Create fallback files for Go before 1\.21/));
    await eventually('the call', () => (editor.document.getText().includes('\tclearMap(m)\n}') ? true : undefined));
    for (const [name, first] of [['clear_go121.go', '//go:build go1.21\n'], ['clear_old.go', '//go:build !go1.21\n']] as const) {
      const read = await eventually(name, async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name))) || undefined);
      assert.ok(read.startsWith(first), read);
    }
  });

  it('a snippet is offered in the form for the Go version of the file', async () => {
    const folder = await scratchModule({ 'go.mod': 'module example.com/old\n\ngo 1.20\n', 'a.go': 'package scratch\n\nfunc reset(m map[string]int) {\n\tmwc\n}\n' });
    const uri = vscode.Uri.joinPath(folder, 'a.go');
    await show(uri);
    await eventually('the older form', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, new vscode.Position(3, 4));
      return list.items.find(({ label }) => typeof label !== 'string' && label.label === 'mwclear' && label.description === 'Mapwarden · Go 1.20');
    });
  });
});

/** The place of a word in the first line that holds a text. */
function placeOf(document: vscode.TextDocument, line: string, word = line): vscode.Position {
  const at = document.getText().indexOf(line);
  assert.ok(at >= 0, line);
  return document.positionAt(at + line.indexOf(word) + 1);
}

async function cardAt(uri: vscode.Uri, place: vscode.Position): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
  return hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).find((text) => text.includes('Mapwarden'));
}

async function hoverThat(uri: vscode.Uri, place: vscode.Position, says: RegExp): Promise<string> {
  let last: string | undefined;
  return eventually(
    () => `a card that says ${says}; it says ${last}`,
    async () => {
      last = await cardAt(uri, place);
      return last !== undefined && says.test(last) ? last : undefined;
    },
  );
}
