import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';
import { isConflict } from 'c/wooErrors';
import { format } from 'c/wooFormat';
import { matchKeyOf } from 'c/wooMatchRecords';
import changed from '@salesforce/label/c.Woo_Matches_Changed';
import decidedMeanwhile from '@salesforce/label/c.Woo_Matches_Decided_Meanwhile';
import taken from '@salesforce/label/c.Woo_Matches_Taken';
import unreadable from '@salesforce/label/c.Woo_Matches_Unreadable';

const storeOf = (key) => key.slice(0, key.indexOf(':'));

/** Salesforce has ids of 15 and of 18 characters. */
const isSameId = (one, other) => one?.slice(0, 15) === other?.slice(0, 15);

/** The record as it was read just now. */
function recordIn({ records }, id) {
    const record = records.get(id);
    if (!record) throw new Error(format(unreadable, id));
    return record;
}

/** Only where the record still is as it was read. */
function writeKey(row, { id, modified }, key) {
    return updateRecord({ fields: { Id: id, [row.keyField]: key } }, { ifUnmodifiedSince: modified });
}

/** Says it in a record of Woo_Match__c; a key on a record would win over it, and is taken off. */
async function say(row, now, kind, recordId = null) {
    const values = { Decision__c: kind, Record_Id__c: recordId };
    if (row.row) await updateRecord({ fields: { Id: row.row, ...values } });
    else {
        const fields = { Match_Key__c: matchKeyOf(row), ...values };
        row.row = (await createRecord({ apiName: 'Woo_Match__c', fields })).id;
    }
    row.decided = kind;
    await takeKeyOff(row, now);
}

async function takeKeyOff(row, now) {
    if (row.action !== 'accepted') return;
    const record = recordIn(now, row.records[0]);
    // Another may have it by now.
    if (record.key === row.key) await writeKey(row, record, null);
    row.action = 'open';
}

async function unsay(row) {
    if (!row.row) return;
    await deleteRecord(row.row);
    Object.assign(row, { row: null, decided: null });
}

/** Writes the key on the record, after which nothing else needs to be said. */
async function accept(row, now, record) {
    if (!isSameId(row.records[0], record.id)) await takeKeyOff(row, now);
    if (record.key !== row.key) await writeKey(row, record, row.key);
    Object.assign(row, { action: 'accepted', records: [record.id], more: 0 });
    await unsay(row);
}

/** A record that has the key of another store keeps it. */
async function use(row, now, { id }) {
    await say(row, now, 'use', id);
    Object.assign(row, { action: 'use', records: [id], more: 0 });
}

const ACTS = {
    /** A record that belongs to another record of the store is refused. */
    accept(row, now, recordId) {
        const record = recordIn(now, recordId);
        const { key } = record;
        if (key === null || key === row.key) return accept(row, now, record);
        if (storeOf(key) === storeOf(row.key)) throw new Error(format(taken, key));
        return use(row, now, record);
    },
    async create(row, now) {
        await say(row, now, 'create');
        Object.assign(row, { action: 'create', records: [], more: 0 });
    },
    async leaveOut(row, now) {
        await say(row, now, 'leave_out');
        Object.assign(row, { action: 'leave_out', records: [], more: 0 });
    },
    /** Back to what the match fields say, as far as that is known. */
    async undo(row, now) {
        await takeKeyOff(row, now);
        await unsay(row);
        Object.assign(row, row.rules ?? { action: 'open', records: [], more: 0 });
    }
};

function isAsListed(row, choice) {
    if (choice === null) return row.row === null;
    return choice.kind === row.decided && (row.action !== 'use' || isSameId(choice.recordId, row.records[0]));
}

/** What somebody else has decided since the list was made is shown, and stands. */
function mustBeAsListed(row, choice) {
    if (isAsListed(row, choice)) {
        row.row = choice?.id ?? null;
        return;
    }
    const records = choice?.kind === 'use' ? [choice.recordId] : [];
    const { id = null, kind = null } = choice ?? {};
    Object.assign(row, { row: id, decided: kind, action: kind ?? 'open', records, more: 0 });
    throw new Error(decidedMeanwhile);
}

/** The row with the records that the decision may write, which are to be read just before. */
export function concerned(row, { recordId }) {
    const accepted = row.action === 'accepted' ? row.records : [];
    return { ...row, records: recordId ? [recordId, ...accepted] : accepted };
}

/**
 * Carries out what a person decides of a row. Never rejects: what failed stands in the row, beside what was done before.
 * Nothing is overwritten that somebody has written since the list was made.
 * @param {object} before as `c/wooMatches` has rows
 * @param {{ act: 'accept'|'create'|'leaveOut'|'undo', recordId?: string }} decision
 * @param {{ records: Map<string, object>, choices: Map<string, object> }} now what `c/wooMatchReader` has just read
 * @returns {Promise<object>} the row as it is now
 */
export async function decide(before, { act, recordId }, now) {
    const row = { ...before, error: null };
    try {
        mustBeAsListed(row, now.choices.get(matchKeyOf(row)) ?? null);
        await ACTS[act](row, now, recordId);
    } catch (error) {
        row.error = isConflict(error) ? new Error(changed) : error;
    }
    return row;
}
