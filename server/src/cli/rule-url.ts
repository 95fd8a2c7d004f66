/** Where the page of a rule can be read: in the editor, which has it without a network. */
export function ruleUrl(rule: string): string {
  return `vscode://mapwarden.mapwarden/explain/${rule}`;
}
