import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Link } from '../../ports/link.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { SyncBase } from '../../ports/two-way-state.ts';
import { isComing, isMadeSince } from '../model/coming-record.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { rowsByKey } from '../read/rows-by-key.ts';

interface Cut {
  readonly row: Planned;
  readonly base: SyncBase;
}

/**
 * Links rows whose records a process was about to make when it ended: who has edited them meanwhile is not written
 * over. Records that were there before that are compared as if nothing were known of them. The org is asked, in one
 * query for some 500 records, only where a creation was cut off.
 */
export async function withCutCreations(
  run: Run,
  planned: readonly Planned[],
): Promise<readonly Planned[]> {
  const cut = await cutOff(run, planned);
  if (cut.length === 0) return planned;
  const rows = cut.map(({ row }) => row);
  const there = await rowsByKey(run.org, rows, ['CreatedDate']);
  const found = cut.flatMap(({ row, base }) => {
    const record = there.get(row.mapping.object, row.key);
    return record === undefined ? [] : [{ row, base, record }];
  });
  const links = new Map(found.map(({ row, base, record }) => [row, linkOf(row, base, record)]));
  await run.state.twoWay.saveBase(
    found.map(({ row: { mapping, key }, base, record }) => ({
      object: mapping.object,
      key,
      recordId: String(record['Id']),
      base: isMadeSince(base, record['CreatedDate']) ? base.base : {},
    })),
  );
  await run.state.didWrite(
    [...links].map(([{ readNumber }, link]) => ({ ...link, readNumber })),
    [],
  );
  return planned.map((row) => ({ ...row, link: links.get(row) ?? row.link }));
}

async function cutOff(run: Run, planned: readonly Planned[]): Promise<readonly Cut[]> {
  const rows = planned.filter(({ link, mapping }) => link === undefined && goesByBase(mapping));
  const byObject = [...Map.groupBy(rows, ({ mapping }) => mapping.object)];
  const cut = await Promise.all(
    byObject.map(async ([object, some]) => {
      const keys = some.map(({ key }) => key);
      const bases = await run.state.twoWay.syncBases(object, keys);
      return some.flatMap((row): readonly Cut[] => {
        const base = bases.get(row.key);
        return base && isComing(base) ? [{ row, base }] : [];
      });
    }),
  );
  return cut.flat();
}

const goesByBase = ({ outgoing, kept }: Mapping) => outgoing.length > 0 || kept.length > 0;

function linkOf(row: Planned, base: SyncBase, record: OrgRow): Link {
  const { mapping, key, parentKey } = row;
  return {
    object: mapping.object,
    key,
    parentKey,
    recordId: String(record['Id']),
    // What we made is written once more, as its outcome is not known.
    state: isMadeSince(base, record['CreatedDate']) ? 'verified' : 'unverified',
    hash: null,
    byId: false,
  };
}
