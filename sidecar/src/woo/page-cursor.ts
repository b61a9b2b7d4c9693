import { hash } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../errors/coded-error.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import { PAGE_SIZE, type WooPage } from '../ports/store.ts';
import type { WooParams } from './types.ts';

const positionSchema = z.object({
  by: z.enum(['modified', 'id']),
  /** Second of modification that the walk has reached; empty at the start and when it goes by id. */
  second: z.string(),
  /** Records of that second which are behind us and must be skipped by offset; 0 = ask from its beginning. */
  offset: z.number().int().min(0),
  /** Id and content of the records of that second which the last page held. */
  seen: z.array(z.tuple([z.number(), z.string()])),
  /** Whether the place was set back, so that the next page may hold nothing new. */
  back: z.boolean(),
  /** Records handed out so far. */
  handed: z.number().int().min(0),
  /** Whether the record before cannot be had for its size, so that as overlap it is asked for by itself, without its content. */
  apart: z.boolean().optional(),
});

/**
 * Where a walk stands. Records are ordered by (second of modification, id); a walk by id is the case in which
 * all share one second.
 */
export type WalkPosition = z.infer<typeof positionSchema>;

const startOf = (by: WalkPosition['by']): WalkPosition => ({
  by,
  second: '',
  offset: 0,
  seen: [],
  back: false,
  handed: 0,
});

/** A saved place; the start for anything but what this version saved of a walk of the same kind. */
export function readPosition(saved: unknown, by: WalkPosition['by']): WalkPosition {
  const parsed = positionSchema.safeParse(saved).data;
  return parsed?.by === by ? parsed : startOf(by);
}

/** The list parameters that ask for what lies behind the position. */
export function paramsAt(position: WalkPosition, params: WooParams): WooParams {
  return {
    per_page: String(PAGE_SIZE),
    ...params,
    orderby: position.by,
    order: 'asc',
    ...(position.second === '' ? {} : { modified_after: secondBefore(position.second) }),
    // One record of overlap: it shows whether records have moved away in front of us.
    ...(position.offset === 0 ? {} : { offset: String(position.offset - overlapOf(position)) }),
  };
}

/** How many records that are behind us come again. */
export function overlapOf({ offset }: WalkPosition): 0 | 1 {
  return offset === 0 ? 0 : 1;
}

export interface Step {
  /** Records that the walk has not handed out with this content. */
  readonly fresh: readonly WooRecord[];
  readonly next: WalkPosition;
  readonly more: boolean;
  /** Records that match, those handed out before included. */
  readonly total: number;
}

/**
 * What a page means for a walk that stood at `position` when it asked for it. Where records in front of the
 * position were edited or deleted, the rest has moved up and the page would leave a gap: then the step goes
 * back inside the second and hands out nothing.
 * @param bare a record behind us of which the page has no more than where it is
 * @throws CodedError `WOO_UNEXPECTED_ANSWER` when the store does not order or skip as asked
 */
export function stepOver(position: WalkPosition, page: WooPage, bare?: WooRecord): Step {
  const { records } = page;
  const first = records[0];
  const last = records.at(-1);
  const overlap = overlapOf(position);
  const asked = position.offset - overlap;
  if (first === undefined || last === undefined)
    return position.offset > 0 && page.total > 0
      ? stepBack(position, page)
      : { fresh: [], next: position, more: false, total: position.handed };
  if (overlap > 0 && isBehind(position, first)) return stepBack(position, page);
  checkOrder(position, records, last);
  const second = secondOf(position, last);
  const stays = second === position.second;
  const seen = new Map(position.seen);
  const fresh = records.filter((record) => {
    if (record === bare) return false;
    const content = seen.get(idOf(record));
    return content === undefined || content !== contentOf(record);
  });
  const handed = position.handed + fresh.length;
  const left = Math.max(0, page.total - asked - records.length);
  const tail = records.filter((record) => secondOf(position, record) === second);
  return {
    fresh,
    next: {
      by: position.by,
      second,
      offset: stays ? asked + records.length : 0,
      seen: tail.map((record) => [idOf(record), contentOf(record)]),
      back: false,
      handed,
    },
    more: left > 0 && records.length > overlap,
    total: handed + left,
  };
}

/** As `stepOver`, of a page whose last record, too, has no more than where it is, and is passed over. */
export function stepPast(position: WalkPosition, page: WooPage): Step {
  const bare = overlapOf(position) === 1 ? page.records[0] : undefined;
  const step = stepOver(position, page, bare);
  return step.next.back ? step : { ...step, next: { ...step.next, apart: true } };
}

function checkOrder(position: WalkPosition, records: readonly WooRecord[], last: WooRecord): void {
  const second = secondOf(position, last);
  if (second < position.second) throw outOfOrder('is not in the order of modification');
  // A page after a step back may well end before the last record seen.
  const goesOn = position.offset > 1 && !position.back && records.length > 1;
  if (goesOn && second === position.second && idOf(last) <= lastSeen(position))
    throw outOfOrder('begins again instead of going on (parameter "offset")');
}

/** Whether a page that begins with this record leaves a gap behind the last record seen. */
function isBehind(position: WalkPosition, first: WooRecord): boolean {
  return secondOf(position, first) !== position.second || idOf(first) > lastSeen(position);
}

function stepBack(position: WalkPosition, page: WooPage): Step {
  const offset = Math.max(0, position.offset - Math.max(position.seen.length, 1));
  return {
    fresh: [],
    next: { ...position, offset, back: true, apart: false },
    more: true,
    total: position.handed + Math.max(0, page.total - offset),
  };
}

const lastSeen = (position: WalkPosition): number => position.seen.at(-1)?.[0] ?? 0;

function secondOf(position: WalkPosition, record: WooRecord): string {
  if (position.by === 'id') return '';
  const modified = record['date_modified_gmt'];
  return typeof modified === 'string' ? modified.slice(0, 19) : '';
}

function secondBefore(second: string): string {
  return new Date(Date.parse(`${second}Z`) - 1000).toISOString().slice(0, 19);
}

function idOf(record: WooRecord): number {
  if (typeof record['id'] === 'number') return record['id'];
  throw outOfOrder('holds a record without a numeric id');
}

function contentOf(record: WooRecord): string {
  return hash('sha1', JSON.stringify(record), 'base64');
}

function outOfOrder(what: string): CodedError {
  return new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `A list of the store ${what}.`,
    'Switch off plugins of the shop that change its REST API, one after the other, until the list comes as WooCommerce makes it.',
  );
}
