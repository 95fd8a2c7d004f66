// A node:test reporter that prints failures as they are and leaves counts, skips with their reasons, and notes for
// test/run.mjs in the file MAPWARDEN_COUNTS names. A test with subtests counts through them; a lone test counts as one.

import { writeFileSync } from 'node:fs';

export default async function* reporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [], notes: [] };
  for await (const event of source) {
    const { type, data } = event;
    if (type === 'test:diagnostic' && data.message.startsWith('note: ')) counts.notes.push(data.message.slice(6));
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A file or a suite is only a container; what failed inside it has reported already.
    if (data.details?.type === 'suite') continue;
    const failed = type === 'test:fail';
    if (failed && data.details?.error?.failureType === 'subtestsFailed') continue;
    if (!failed && data.name.endsWith('.js') && data.nesting === 0 && data.name.includes('dist')) continue;
    if (data.skip !== undefined) {
      counts.skipped++;
      counts.skips.push(`${data.name}: ${typeof data.skip === 'string' && data.skip !== '' ? data.skip : 'no reason given'}`);
    } else if (data.todo !== undefined) {
      counts.skipped++;
      counts.skips.push(`${data.name}: todo`);
    } else if (failed) {
      counts.failed++;
      const error = data.details?.error;
      const cause = error?.cause ?? error;
      const text = `${data.name}\n${cause?.stack ?? cause?.message ?? String(cause)}`;
      counts.failures.push(text);
      yield `not ok ${text}\n`;
    } else counts.passed++;
  }
  if (process.env.MAPWARDEN_COUNTS) writeFileSync(process.env.MAPWARDEN_COUNTS, JSON.stringify(counts));
}
