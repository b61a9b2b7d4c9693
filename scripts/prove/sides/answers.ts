import { z } from 'zod';

import type { OrgAnswer } from '../../lib/install/admin-session.ts';
import { isJson, type Json } from '../model/exchange.ts';
import { CannotTell, shown } from '../model/verdict.ts';

/** What happened to one record of a collection. */
export interface Row {
  readonly id: string | null;
  readonly success: boolean;
  readonly errors: readonly Json[];
}

const row = z.object({
  id: z.string().nullish(),
  success: z.boolean(),
  errors: z.array(z.record(z.string(), z.unknown())),
});

/** What an object has under a name; undefined where it is none. */
export const member = (value: unknown, name: string): unknown =>
  isJson(value) ? value[name] : undefined;

/** The code and the words of the first error of a row. */
export function firstError({ errors: [error] }: Row): { code: string; message: string } {
  return { code: String(error?.['statusCode']), message: String(error?.['message']) };
}

export const queryPath = (soql: string, resource: 'query' | 'queryAll' = 'query'): string =>
  `${resource}?${new URLSearchParams({ q: soql }).toString()}`;

/** The body of a call for records of one object. */
export const collection = (object: string, records: readonly Json[]): Json => ({
  allOrNone: false,
  records: records.map((one) => ({ attributes: { type: object }, ...one })),
});

/** @throws CannotTell where they are none */
export function rowsIn(status: number, body: unknown): readonly Row[] {
  const found = z.array(row).safeParse(body).data;
  if (found) return found.map((one) => ({ ...one, id: one.id ?? null }));
  throw new CannotTell(`A collection was answered with ${status}: ${shown(body)}`);
}

/** @throws CannotTell where a query was refused */
export function recordsOf({ status, body }: Pick<OrgAnswer, 'status' | 'body'>): readonly Json[] {
  const records = member(body, 'records');
  if (status === 200 && Array.isArray(records)) return records as Json[];
  throw new CannotTell(`A query was answered with ${status}: ${shown(body)}`);
}

/** The rows of a query; none where it was refused. */
export function recordsIn(body: unknown): readonly Json[] {
  const records = member(body, 'records');
  return Array.isArray(records) ? (records as Json[]) : [];
}
