import { concerned, decide } from 'c/wooMatchDecide';

/** Records of one question to the org. */
const READ_AT_ONCE = 200;
/** Decisions that are carried out at once: each is one to three requests. */
const WRITTEN_AT_ONCE = 5;

function* chunks(list, size) {
    for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/**
 * Carries decisions out one after the other, each on the record as it is now; what fails stands in its row.
 * @param {{ row: object, decision: object }[]} decisions
 * @param {object} calls
 * @param {(rows: object[]) => Promise<object>} calls.read the records of the rows as they are
 * @param {(rows: object[]) => void} calls.took rows as they are after some more decisions
 * @param {() => boolean} calls.isStopped
 */
export async function carryOut(decisions, { read, took, isStopped }) {
    /* eslint-disable no-await-in-loop */
    for (const some of chunks(decisions, READ_AT_ONCE)) {
        const now = await read(some.map(({ row, decision }) => concerned(row, decision)));
        for (const few of chunks(some, WRITTEN_AT_ONCE)) {
            if (isStopped()) return;
            took(await Promise.all(few.map(({ row, decision }) => decide(row, decision, now))));
        }
    }
    /* eslint-enable no-await-in-loop */
}
