import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';
import { format } from 'c/wooFormat';
import taken from '@salesforce/label/c.Woo_Matches_Taken';

const storeOf = (key) => key.slice(0, key.indexOf(':'));

/** Says it in a record of Woo_Match__c; a key on a record would win over it, and is taken off. */
async function say(row, kind, recordId = null) {
    const values = { Decision__c: kind, Record_Id__c: recordId };
    if (row.row) await updateRecord({ fields: { Id: row.row, ...values } });
    else {
        const fields = { Match_Key__c: `${row.object} ${row.key}`, ...values };
        row.row = (await createRecord({ apiName: 'Woo_Match__c', fields })).id;
    }
    row.decided = kind;
    await takeKeyOff(row);
}

async function takeKeyOff(row) {
    if (row.action !== 'accepted') return;
    await updateRecord({ fields: { Id: row.records[0], [row.keyField]: null } });
    row.action = 'open';
}

async function unsay(row) {
    if (!row.row) return;
    await deleteRecord(row.row);
    Object.assign(row, { row: null, decided: null });
}

/** Writes the key on the record, after which nothing else needs to be said. */
async function accept(row, recordId) {
    if (row.records[0] !== recordId) await takeKeyOff(row);
    await updateRecord({ fields: { Id: recordId, [row.keyField]: row.key } });
    Object.assign(row, { action: 'accepted', records: [recordId], more: 0 });
    await unsay(row);
}

/** A record that has the key of another store keeps it. */
async function use(row, recordId) {
    await say(row, 'use', recordId);
    Object.assign(row, { action: 'use', records: [recordId], more: 0 });
}

const ACTS = {
    accept(row, { recordId }) {
        if (row.action !== 'share') return accept(row, recordId);
        return use(row, recordId);
    },
    /** One that belongs to another record of the store is refused. */
    choose(row, { recordId, key }) {
        if (key === null || key === row.key) return accept(row, recordId);
        if (storeOf(key) === storeOf(row.key)) throw new Error(format(taken, key));
        return use(row, recordId);
    },
    async create(row) {
        await say(row, 'create');
        Object.assign(row, { action: 'create', records: [], more: 0 });
    },
    async leaveOut(row) {
        await say(row, 'leave_out');
        Object.assign(row, { action: 'leave_out', records: [], more: 0 });
    },
    /** Back to what the match fields say, as far as that is known. */
    async undo(row) {
        await takeKeyOff(row);
        await unsay(row);
        Object.assign(row, row.rules ?? { action: 'open', records: [], more: 0 });
    }
};

/**
 * Carries out what a person decides of a row. Never rejects: what failed stands in the row, beside what was done before.
 * @param {object} before as `c/wooMatches` has rows
 * @param {{ act: 'accept'|'choose'|'create'|'leaveOut'|'undo', recordId?: string, key?: string|null }} decision `key`
 *   that the chosen record has; null for none
 * @returns {Promise<object>} the row as it is now
 */
export async function decide(before, { act, ...more }) {
    const row = { ...before, error: null };
    try {
        await ACTS[act](row, more);
    } catch (error) {
        row.error = error;
    }
    return row;
}
