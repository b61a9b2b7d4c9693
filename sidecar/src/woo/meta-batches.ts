import { z } from 'zod';
import type { MetaFailure, MetaList, MetaWrite } from '../ports/store.ts';
import type { HttpAnswer } from './types.ts';

/** Items that a batch takes. */
const BATCH = 100;

/** One batch call. */
export interface MetaBatch {
  /** Behind `/wp-json/wc/v3/`. */
  readonly path: string;
  readonly writes: readonly MetaWrite[];
}

/** The writes in as few batches as there can be; variations go by the batch of their product. */
export function batchesOf(list: MetaList, writes: readonly MetaWrite[]): readonly MetaBatch[] {
  const byPath = Map.groupBy(writes, ({ parentId }) =>
    list === 'variations' ? `products/${parentId ?? 0}/variations/batch` : `${list}/batch`,
  );
  return [...byPath].flatMap(([path, all]) =>
    Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) => ({
      path,
      writes: all.slice(at * BATCH, (at + 1) * BATCH),
    })),
  );
}

/** By its key alone, so that a second write changes the field that is there. */
export function batchBody(key: string, { writes }: MetaBatch): string {
  return JSON.stringify({
    update: writes.map(({ id, value }) => ({ id, meta_data: [{ key, value }] })),
  });
}

const answered = z.object({
  update: z.array(
    z.object({
      id: z.union([z.number(), z.null()]),
      error: z.object({ code: z.string() }).optional(),
      meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).optional(),
    }),
  ),
});

/**
 * The writes that a batch did not do, each with its reason: a batch answers 200 whatever becomes of its items.
 * @returns null where the answer is not one to a batch
 */
export function failuresIn(
  key: string,
  { writes }: MetaBatch,
  { body }: HttpAnswer,
): readonly MetaFailure[] | null {
  const parsed = answered.safeParse(parse(body)).data;
  if (parsed?.update.length !== writes.length) return null;
  return writes.flatMap(({ id, value }, at) => {
    const item = parsed.update[at];
    const kept = item?.meta_data?.find((entry) => entry.key === key)?.value;
    if (item?.id === id && item.error === undefined && kept === value) return [];
    const code = /^[\w-]{1,80}$/.exec(item?.error?.code ?? '')?.[0] ?? 'META_NOT_KEPT';
    const reason =
      item?.error === undefined ? 'the shop did not keep it' : `the shop refused it (${code})`;
    return [{ id, code, message: `The custom field ${key} was not written: ${reason}.` }];
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Whatever it is, it is no answer to a batch; the parser's message would quote it.
    return null;
  }
}
