import { fixedOutcome } from './condition-outcomes.ts';
import { type Outcome, parseLogic } from './logic.ts';
import type { OffRows } from '../model/config-rows.ts';
import type { Problems } from '../model/problems.ts';

/**
 * Checks the condition logic of a mapping, such as `1 AND (2 OR 3)`.
 * @param positions of the conditions that are asked
 * @param off conditions that it must not name
 */
export function readLogic(
  mapping: string,
  logic: string,
  {
    positions,
    off,
  }: { readonly positions: ReadonlySet<number>; readonly off: OffRows['conditions'] },
  problems: Problems,
): (outcome: Outcome) => boolean {
  const code = 'CONDITION_LOGIC';
  const cure = 'Write it with the numbers of the conditions, such as 1 AND (2 OR NOT 3).';
  const result = parseLogic(logic);
  if ('error' in result) {
    problems.hold({
      code,
      cure,
      message: `${mapping}: the condition logic "${logic}" ${result.error}.`,
    });
    return () => false;
  }
  for (const number of result.numbers) {
    if (positions.has(number)) continue;
    const row = off.find(({ position }) => position === number);
    const named = `${mapping}: the condition logic "${logic}" names condition ${number}`;
    problems.hold(
      row
        ? {
            code,
            place: row.name,
            message: `${named}, which is off (${row.name}).`,
            cure: `Check Active of ${row.name}, or take ${number} out of the condition logic of ${mapping}.`,
          }
        : { code, cure, message: `${named}, which does not exist.` },
    );
  }
  for (const position of positions) {
    if (result.numbers.has(position)) continue;
    const message = `${mapping}: the condition logic "${logic}" leaves out condition ${position}.`;
    problems.warn({ code, message, cure: 'Use the condition in the logic, or delete it.' });
  }
  const fixed = fixedOutcome(result.evaluate, result.numbers);
  if (fixed !== null) {
    const message = `${mapping}: the condition logic "${logic}" is ${fixed} met, whatever the record.`;
    problems.hold({ code, cure, message });
  }
  return result.evaluate;
}
