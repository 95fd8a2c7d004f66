import { closedBesideIn, keptClosedIn } from '../../analysis/concurrency/kept-closed.ts';
import { putBacksIn } from '../../analysis/concurrency/put-back.ts';
import { lockSummariesOf } from '../../analysis/concurrency/lock-state.ts';
import { lostWakeupsIn } from '../../analysis/concurrency/lost-wakeups.ts';
import { nilOperationsIn, stallsIn } from '../../analysis/concurrency/stalls.ts';
import type { Stall } from '../../analysis/concurrency/stalls.ts';
import { SyncKind } from '../../analysis/concurrency/events.ts';
import type { Point } from '../../analysis/concurrency/events.ts';
import type { SeenChannel } from '../../analysis/concurrency/seen-channels.ts';
import { Op } from '../../model/operations.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import { pathAt } from '../../go/syntax/walk.ts';
import { FunctionPlaces, lineAt } from '../lock-places.ts';
import type { SyncField } from '../../analysis/concurrency/sync-fields.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, startsOf, subjectOf, textAt } from '../go-places.ts';
import type { Place } from '../go-places.ts';
import type { Fix, RelatedPlace, Report } from '../rule.ts';

// ch := make(chan int); ch <- 1                                                     nobody receives
// go func() { ch <- work() }(); select { case <-ch: case <-ctx.Done(): return }     →  make(chan T, 1)
// for v := range ch in a goroutine that is waited for, and nobody closes ch
export const detectGo: GoDetector = {
  program: (context) => {
    const reported = new Set<string>();
    const report = (place: Place | undefined, what: Omit<Report, 'span'> | undefined): void => {
      const key = place && `${place.path} ${place.span.start}`;
      if (!place || !what || key === undefined || reported.has(key)) return;
      reported.add(key);
      // What tests leave behind ends with their process, and what they wait for they mostly know.
      context.report(place.path, { ...what, span: place.span, ...(context.file(place.path)?.isTest && { plausible: true as const }) });
    };
    for (const stall of stallsIn(context.program)) report(placeOf(stall.event, stall.study.execution, context), described(stall, context));
    for (const { function: { path }, body, operation, channel } of nilOperationsIn(context.program)) {
      if (!context.file(path)) continue;
      const kind = body.kind(operation);
      const id = kind === Op.Send ? 'nil-send' : kind === Op.Receive ? 'nil-receive' : 'nil-close';
      report({ path, span: body.spanOf(operation) }, { message: { id, arguments: { channel: textAt({ path, span: body.spanOf(channel) }, context) } } });
    }
    for (const { function: { path }, body, receive, send } of putBacksIn(context.program)) {
      const received = { path, span: body.spanOf(receive) };
      report({ path, span: body.spanOf(send) }, { message: { id: 'put-back', arguments: { channel: textAt({ path, span: body.spanOf(body.a(send)) }, context) } }, related: [{ ...received, message: { id: 'received' } }] });
    }
    const places = new FunctionPlaces(context);
    for (const { close, send } of closedBesideIn(context.program)) {
      const sent = { path: send.function.path, span: places.mentionOf(send.access) };
      const channel = places.memberText(close.access) ?? close.access.name;
      report({ path: close.function.path, span: places.mentionOf(close.access) }, { message: { id: 'closed-beside', arguments: { channel, place: nameOf(sent, context) } }, related: [{ ...sent, message: { id: 'sent' } }] });
    }
    for (const { function: { path }, body, close, container, sender, sendBody, send } of keptClosedIn(context.program)) {
      const sent = { path: sender.path, span: sendBody.spanOf(send) };
      const channel = textAt({ path, span: body.spanOf(body.a(close)) }, context);
      report({ path, span: body.spanOf(close) }, { message: { id: 'kept-closed', arguments: { channel, container, place: nameOf(sent, context) } }, related: [{ ...sent, message: { id: 'sent' } }] });
    }
    for (const { receive, check, send } of lostWakeupsIn(context.program, lockSummariesOf(context.program))) {
      const { function: { path }, body, operation } = receive;
      const file = context.file(path);
      if (!file || !context.file(send.function.path)) continue;
      const other = { path: send.function.path, span: send.body.spanOf(send.operation) };
      report({ path, span: body.spanOf(operation) }, {
        message: { id: 'lost', arguments: { channel: textAt({ path, span: body.spanOf(body.a(operation)) }, context), place: nameOf(other, context), line: lineAt(file.text, body.start(check)) } },
        related: [{ ...other, message: { id: 'tried' } }, { path, span: body.spanOf(check), message: { id: 'test' } }],
      });
    }
  },
};

function described(stall: Stall, context: GoProgramContext): Omit<Report, 'span'> | undefined {
  const { execution } = stall.study;
  const subject = subjectOf(stall.event, execution, context);
  if (!subject) return undefined;
  const channel = textAt(subject, context);
  const isSend = stall.event.kind === SyncKind.Send;
  const related = (point: Point | undefined, id: string): readonly RelatedPlace[] => {
    const place = point && placeOf(point, execution, context);
    return place ? [{ ...place, message: { id } }] : [];
  };
  const name = (point: Point): string => {
    const place = placeOf(point, execution, context);
    return place ? nameOf(place, context) : '';
  };
  const made = 'channel' in stall ? related(madeAt(stall.channel), 'made') : [];
  switch (stall.kind) {
    case 'alone':
      return { message: { id: isSend ? (stall.other ? 'own-receiver' : 'no-receiver') : 'own-sender', arguments: { channel } }, related: [...related(stall.other, 'other'), ...made] };
    case 'overfull':
      return { message: { id: 'overfull', arguments: { channel, capacity: stall.channel.capacity, sent: stall.sent } }, related: made };
    case 'left': {
      const fix = stall.isOneSend ? bufferFix(stall.channel, channel, stall.study.execution, context) : undefined;
      return {
        message: { id: isSend ? 'left-send' : 'left-receive', arguments: { place: name(stall.exit) } },
        related: [...related(stall.exit, 'return'), ...startsOf([stall.task], execution, context), ...made],
        fixes: fix ? [fix] : [],
      };
    }
    case 'first-wins':
      return { message: { id: 'first-wins', arguments: { channel, place: name(stall.other) } }, related: [...related(stall.other, 'other'), ...startsOf([stall.task], execution, context), ...made] };
    case 'unclosed': {
      const wait = stall.wait && placeOf(stall.wait, execution, context);
      if (!wait) return { message: { id: 'unclosed', arguments: { channel } }, related: made };
      return { message: { id: 'unclosed-waited', arguments: { channel, wait: textAt(wait, context), place: nameOf(wait, context) } }, related: [{ ...wait, message: { id: 'wait' } }, ...made] };
    }
    case 'field-unreceived':
      return { message: { id: 'no-receiver', arguments: { channel } }, related: madeFields(stall.field, context) };
    case 'unclosed-field': {
      const wait = placeOf(stall.wait, execution, context);
      if (!wait) return undefined;
      return { message: { id: 'unclosed-waited', arguments: { channel, wait: textAt(wait, context), place: nameOf(wait, context) } }, related: [{ ...wait, message: { id: 'wait' } }, ...startsOf([stall.event.activation.task], execution, context), ...madeFields(stall.field, context)] };
    }
    case 'closed':
      return { message: { id: isSend ? 'closed-send' : 'closed-twice', arguments: { channel, place: name(stall.close) } }, related: related(stall.close, 'close') };
  }
}

function madeAt({ maker, made }: SeenChannel): Point {
  return { activation: maker, operation: made };
}

/** Where the channels of a field are made. */
function madeFields({ made }: SyncField, context: GoProgramContext): readonly RelatedPlace[] {
  const places = new FunctionPlaces(context);
  return made.flatMap(({ body, operation }) => {
    const function_ = places.of(body);
    return function_ ? [{ path: function_.path, span: body.spanOf(operation), message: { id: 'made' } }] : [];
  });
}

/** `make(chan T)` with room for one value. */
function bufferFix(channel: SeenChannel, name: string, execution: Stall['study']['execution'], context: GoProgramContext): Fix | undefined {
  const place = placeOf(madeAt(channel), execution, context);
  const file = place && context.file(place.path);
  const call = file && pathAt(file.syntax, place.span.start).find((each) => each.kind === NodeKind.CallExpr && each.pos === place.span.start && each.end === place.span.end);
  if (call?.kind !== NodeKind.CallExpr || call.args.length !== 1) return undefined;
  const [type] = call.args;
  return { title: { id: 'fix-buffer', arguments: { channel: name } }, safe: false, caution: { id: 'caution-buffer' }, edits: [{ start: type!.end, end: type!.end, newText: ', 1' }] };
}
