/** Where the page of a rule can be read. */
export function ruleUrl(rule: string): string {
  return `https://mapwarden.dev/rules/${rule}`;
}
