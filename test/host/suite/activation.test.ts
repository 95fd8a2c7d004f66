import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('host', () => {
  it('is a VS Code', () => {
    assert.ok(vscode.version.startsWith('1.'));
  });
});
