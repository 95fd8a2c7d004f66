// A value computed from what a cell held before a suspension, and written after it:
//
//   total = total + (await price(id));

import { lostUpdatesIn } from '../../analysis/async/check-then-act.ts';
import { awaitFirstEdits } from '../../typescript/async-fixes.ts';
import { asyncDetector, cellName, related, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  lostUpdatesIn(sources.program, file, of).map(({ read, suspension, write }) => {
    const what = cellName(write, sources);
    const written = syntaxAt(write, sources);
    return {
      at: write,
      report: {
        message: { id: 'lost', arguments: { what } },
        span: spanAt(write),
        related: [related(read, 'read', { what }), related({ ...write, operation: suspension }, 'suspended'), related(write, 'both', { what })],
        fixes: unsafeFix(written && awaitFirstEdits(written.node, written.file)),
      },
    };
  }));
