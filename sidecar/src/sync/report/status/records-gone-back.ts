import type { IssueCause } from '../../../ports/issues.ts';

/** Codes of what is held since the shop went back, as after a backup was restored there: it waits for the command Adopt. */
export const GONE_BACK: ReadonlySet<string> = new Set([
  'RECORD_IS_ANOTHER',
  'RECORD_WENT_BACK',
  'PARENT_IS_ANOTHER',
]);

/** What the status of a store says of them; none where there are none. */
export function goneBackText(
  causes: readonly Pick<IssueCause, 'code' | 'count'>[],
): readonly string[] {
  const held = causes.filter(({ code }) => GONE_BACK.has(code));
  const count = held.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return [];
  const records = count === 1 ? '1 record is' : `${count} records are`;
  return [
    `${records} held: the shop has others or older ones, as after a restored backup. See the open issues; the command Adopt takes what the shop has.`,
  ];
}
