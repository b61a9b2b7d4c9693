import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import { FilesSweep } from '../../../src/sync/detect/sweep-files.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { fileId } from '../images/support/image-world.ts';

let state: MemoryState;
let changed: ChangeEvent[];
let sweep: FilesSweep;

beforeEach(() => {
  state = new MemoryState();
  changed = [];
  const add = (changes: readonly ChangeEvent[]) => {
    changed.push(...changes);
    return Promise.resolve();
  };
  sweep = new FilesSweep({ state, queue: { add } });
});

const version = (document: number, id: string) => ({
  Id: id,
  ContentDocumentId: fileId(document),
  Checksum: `${id}-SUM`,
});

const use = (key: string, ...files: readonly number[]) => ({
  object: 'Product2',
  key,
  documentIds: files.map(fileId),
});

describe('the sweep of files', () => {
  it('asks nothing where no record shows a file', async () => {
    expect(await sweep.soql()).toEqual([]);
    await sweep.take([]);
    expect(changed).toEqual([]);
  });

  it('has records looked at that show a file with a new version, once', async () => {
    await state.images.keepUses([use('main:1', 1, 2), use('two:4', 2), use('main:3', 3)]);
    await sweep.soql();
    await sweep.take([version(1, 'v1'), version(2, 'v2'), version(3, 'v3')]);
    // They were never brought.
    expect(changed.map(({ key }) => key)).toEqual(['main:1', 'main:3', 'two:4']);
    changed.length = 0;
    const [soql] = await sweep.soql();
    expect(soql).toContain(`IN ('${fileId(1)}','${fileId(2)}','${fileId(3)}') AND IsLatest = true`);
    // That of the third is not visible any more.
    await sweep.take([version(1, 'v1'), version(2, 'v9')]);
    expect(changed).toEqual([
      { resource: 'product', key: 'main:1' },
      { resource: 'product', key: 'two:4' },
    ]);
    expect(await state.twoWay.dirty(['main:1', 'two:4', 'main:3'])).toEqual(
      new Map([
        ['main:1', 2],
        ['two:4', 2],
        ['main:3', 1],
      ]),
    );
    expect(await state.images.fileOf('v9-sum')).toMatchObject({ versionId: 'v9' });
    changed.length = 0;
    await sweep.soql();
    await sweep.take([version(1, 'v1'), version(2, 'v9')]);
    expect(changed).toEqual([]);
  });

  it('looks at some hundreds at a time, and begins anew behind the last', async () => {
    const files = Array.from({ length: 700 }, (_, at) => at + 1);
    await state.images.keepUses([use('main:1', ...files)]);
    const idsAsked = async () => {
      const queries = await sweep.soql();
      await sweep.take([]);
      return queries.map((soql) => soql.match(/069\d+AAA/g)?.length);
    };
    expect(await idsAsked()).toEqual([200, 200, 200]);
    expect(await idsAsked()).toEqual([100]);
    expect(await idsAsked()).toEqual([200, 200, 200]);
  });
});
