const linesOf = (text) => (text ?? '').split('\n').filter(Boolean);

const PROOF =
    /^(\S+) (\S+) UTC: (\d+) compared, (\d+) found, (?:(\d+) repaired|(repair under way)|not followed repaired)$/;

/** The day (UTC) as milliseconds, and counts. @param {string|null} text `2026-11-28 02:00 UTC: 9 compared, 1 found, 1 repaired` */
export const proofsOf = (text) =>
    linesOf(text)
        .map((line) => PROOF.exec(line))
        .filter(Boolean)
        .map(([, day, time, counted, found, repaired, open]) => ({
            at: Date.parse(`${day}T${time}Z`),
            counted: Number(counted),
            found: Number(found),
            repaired: repaired === undefined ? null : Number(repaired),
            isOpen: open !== undefined
        }));

const MAPPING = /^(\w+) (active|held|late) (\S+) (.+)$/;

/** @param {string|null} text `Order active 2026-11-28T10:15:00.000Z Orders`, a dash for never, one a line */
export const mappingsOf = (text) =>
    linesOf(text)
        .map((line) => MAPPING.exec(line))
        .filter(Boolean)
        .map(([, name, state, written, label]) => ({
            name,
            label,
            state,
            lastWritten: written === '-' ? null : Date.parse(written)
        }));
