// A decision that is carried out after a suspension, when it may not hold any more:
//
//   if (!cache.has(key)) cache.set(key, await load(key));
//
// What is decided, what may run in between and what makes it harmless is said in analysis/async/check-then-act.ts.

import { isOfValue } from '../../analysis/async/cells.ts';
import type { Access } from '../../analysis/async/cells.ts';
import type { Point } from '../../analysis/async/program.ts';
import { comesFromPromise } from '../../analysis/async/dependence.ts';
import { vanishedIn } from '../../analysis/async/gone.ts';
import { isStart, lostReplacementsIn, lostUpdatesIn, staleDecisionsIn } from '../../analysis/async/check-then-act.ts';
import { Shape } from '../../model/objects.ts';
import { Op } from '../../model/operations.ts';
import { claimFirstEdits, sharedPromiseEdits } from '../../typescript/claim-fixes.ts';
import type { StaticType } from '../../typescript/types/queries.ts';
import type { Fix } from '../rule.ts';
import { asyncDetector, cellName, related, spanAt, syntaxAt, typeOfCell, unsafeFix } from '../async-places.ts';
import type { Sources } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => {
  const updates = new Set(lostUpdatesIn(sources.program, file, of).map((each) => each.write.operation));
  const replaced = lostReplacementsIn(sources.program, file, of).map(({ read, suspension, write }) => {
    const what = cellName(write, sources);
    const places = [related(read, 'released', { what }), related({ ...read, operation: suspension }, 'suspended'), related(write, 'both', { what })];
    return { at: write, report: { plausible: true as const, message: { id: 'replaced-after-await', arguments: { what } }, span: spanAt(write), related: places } };
  });
  const decided = staleDecisionsIn(sources.program, file, of).filter(({ write }) => !updates.has(write.operation)).map(({ read, suspension, write, wasMissing, isOfSame }) => {
    const what = cellName(write, sources);
    const id = wasMissing ? messageFor(write, sources) : isOfSame ? 'same-after-await' : isAnswer(write, sources) ? 'answered-after-await' : setMessageFor(write, sources);
    return {
      at: write,
      report: {
        plausible: true as const,
        message: { id, arguments: { what } },
        span: spanAt(write),
        related: [related(read, 'checked', { what }), related({ ...read, operation: suspension }, 'suspended'), related(write, 'both', { what })],
        // Set before it is so, it would be taken for what was there before.
        fixes: isOfSame ? [] : fixesOf(write, { ...read, operation: suspension }, sources),
      },
    };
  });
  const gone = vanishedIn(sources.program, file, of).map(({ read, suspension, use, removal }) => {
    const what = cellName(use, sources);
    return { at: use, report: { plausible: true as const, message: { id: 'gone-after-await', arguments: { what } }, span: spanAt(use), related: [related(read, 'seen', { what }), related({ ...read, operation: suspension }, 'suspended'), related(removal, 'taken', { what })] } };
  });
  return [...decided, ...gone, ...replaced.filter(({ at }) => !decided.some((each) => each.at.operation === at.operation))];
});

/** What is written is written before the wait, or everybody waits for the same. */
function fixesOf(write: Access, suspension: Point, sources: Sources): readonly Fix[] {
  const [written, waiting] = [syntaxAt(write, sources), syntaxAt(suspension, sources)];
  if (!written || !waiting || written.file !== waiting.file) return [];
  const claim = claimFirstEdits(written.node, waiting.node, written.file, sources.types);
  return claim ? unsafeFix(claim, 'claim') : unsafeFix(sharedPromiseEdits(written.node, waiting.node, written.file, sources.types), 'share');
}

/** True for data that was waited for, numbers, texts and records of them: who asks again at the same time gets what is as good. */
function isAnswer(write: Access, sources: Sources): boolean {
  const { function: { body }, value } = write;
  if (write.through || value < 0 || write.kind === 'append' || body.kind(value) === Op.Constant) return false;
  return typeOfCell(write, sources)?.isData === true && comesFromPromise(sources.program, { ...write, operation: value });
}

function isNoLoss(type: StaticType | undefined): boolean {
  return type === undefined || type.isUnknown || type.isData;
}

function setMessageFor(write: Access, { program }: Sources): string {
  return isStart(program, write) ? 'started-after-await' : 'set-after-await';
}

/** What is lost: an object that does something, the effect of the work, or only the time it takes to compute the same again. */
function messageFor(write: Access, sources: Sources): string {
  if ((write.shape === Shape.Set && !isOfValue(write)) || write.kind === 'append') return 'added-after-await';
  if (typeOfCell(write, sources)?.hasMethods) return 'made-after-await';
  // Of two times yes, or of the same data twice, none is lost; of what is not known it is not known.
  if (!isOfValue(write)) return isNoLoss(typeOfCell(write, sources)) && comesFromPromise(sources.program, { ...write, operation: write.value }) ? 'computed-after-await' : 'stored-after-await';
  const { function: { body }, value } = write.through ?? write;
  return value >= 0 && body.kind(value) === Op.Constant ? setMessageFor(write, sources) : 'computed-after-await';
}
