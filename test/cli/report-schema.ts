// Version 1 of `check --format json`. Keys may be added in the product, so that additional ones are no fault.

const text = { type: 'string' };
const place = { type: 'integer', minimum: 1 };
const offset = { type: 'integer', minimum: 0 };

function object(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  return { type: 'object', required: Object.keys(properties).filter((key) => !optional.includes(key)), properties };
}

function list(items: object): object {
  return { type: 'array', items };
}

const edit = object({ file: text, start: offset, end: offset, newText: text });

const finding = object({
  rule: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' },
  messageId: text,
  severity: { enum: ['hint', 'information', 'warning', 'error'] },
  message: text,
  url: { type: 'string', pattern: '^vscode://mapwarden.mapwarden/explain/' },
  location: object({ file: text, startLine: place, startColumn: place, endLine: place, endColumn: place }),
  related: list(object({ file: text, line: place, column: place, message: text })),
  fixes: list(object({ title: text, safe: { type: 'boolean' }, edits: list(edit) })),
});

export const reportSchema = object({
  version: { const: 1 },
  findings: list(finding),
  notices: list(object({ file: text, line: offset, message: text })),
  stats: object({ files: offset, bytes: offset, packages: offset, milliseconds: offset, skipped: list(object({ file: text, reason: text })) }),
});
