import { describe, expect, it } from 'vitest';

import { Checkpoint } from '../../../src/sync/model/checkpoint.ts';

function cursor(at: number) {
  return { by: 'id', at } as const;
}

describe('Checkpoint', () => {
  it('saves the last page before which everything is settled, and no page twice', async () => {
    const saved: unknown[] = [];
    const checkpoint = new Checkpoint((at) => Promise.resolve(void saved.push(at)));
    const first = checkpoint.open(cursor(1));
    first.take();
    first.release();
    const second = checkpoint.open(cursor(2));
    second.release();
    await checkpoint.advance();
    expect(saved, 'the first page is still being read').toEqual([]);
    first.release();
    await checkpoint.advance();
    await checkpoint.advance();
    expect(saved).toEqual([cursor(2)]);
  });
});
