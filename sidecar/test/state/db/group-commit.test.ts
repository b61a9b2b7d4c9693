import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../src/state/db/group-commit.ts';

/** A commit whose batches end when the test says so. */
function held(): {
  readonly commit: GroupCommit<string>;
  readonly batches: { readonly items: string; readonly end: (error?: Error) => void }[];
} {
  const batches: { items: string; end: (error?: Error) => void }[] = [];
  const commit = new GroupCommit<string>((items) => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const end = (error?: Error): void => {
      if (error === undefined) resolve(undefined);
      else reject(error);
    };
    batches.push({ items: items.join(' '), end });
    return promise;
  });
  return { commit, batches };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a group commit', () => {
  it('writes what came together at once, and what comes meanwhile with the next', async () => {
    const { commit, batches } = held();
    const ended: string[] = [];
    const add = (...items: string[]) => commit.add(items).then(() => ended.push(items.join(' ')));
    const all = [add('a'), add('b', 'c')];
    await turn();
    all.push(add('d'), add('e'));
    await turn();
    expect(batches.map(({ items }) => items)).toEqual(['a b c']);
    expect(ended).toEqual([]);
    batches[0]?.end();
    await turn();
    expect(ended).toEqual(['a', 'b c']);
    expect(batches.map(({ items }) => items)).toEqual(['a b c', 'd e']);
    batches[1]?.end();
    await Promise.all(all);
    expect(ended).toEqual(['a', 'b c', 'd', 'e']);
  });

  it('rejects those whose batch failed, and only those', async () => {
    const { commit, batches } = held();
    const first = Promise.allSettled([commit.add(['a']), commit.add(['b'])]);
    await turn();
    const second = commit.add(['c']);
    batches[0]?.end(new Error('disk full'));
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await turn();
    batches[1]?.end();
    await expect(second).resolves.toBeUndefined();
  });

  it('is idle when the last batch has ended, well or not', async () => {
    const { commit, batches } = held();
    await commit.idle();
    const failed = expect(commit.add(['a'])).rejects.toThrow('lost');
    let isIdle = false;
    const idle = commit.idle().then(() => (isIdle = true));
    await turn();
    expect(isIdle).toBe(false);
    batches[0]?.end(new Error('lost'));
    await Promise.all([failed, idle]);
    expect(isIdle).toBe(true);
  });
});
