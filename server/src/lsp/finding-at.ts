import type { Finding } from '../rules/rule.ts';
import { touches } from '../text/span.ts';
import type { FindingReference } from './protocol.ts';
import type { Session } from './session.ts';

/** The finding of a rule that starts where the reference does, or else the first that touches it. */
export function findingAt(session: Session, path: string, { rule, range }: Pick<FindingReference, 'rule' | 'range'>): Finding | undefined {
  const asked = session.places.of(path).span(range);
  const candidates = session.analyzer.analyze(path).findings.filter((finding) => finding.rule === rule && touches(finding.span, asked));
  return candidates.find(({ span }) => span.start === asked.start) ?? candidates[0];
}
