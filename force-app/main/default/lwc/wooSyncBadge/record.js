import { canDecide, commandOf, isActive, isDecided, issueOf } from 'c/wooSyncRecords';

const nodesOf = (connection) => (connection?.edges ?? []).map(({ node }) => node);

/** Retries of other records' issues are none of this record's business; one without an id is of all issues. */
function concerns({ recordId }, recordIds, issues) {
    return recordId === null ? issues.length > 0 : recordIds.includes(recordId);
}

function stateOf({ key, issues, commands }) {
    if (commands.some(isActive)) return 'waiting';
    const unsettled = issues.filter((issue) => !isDecided(issue));
    if (unsettled.some(canDecide)) return 'conflict';
    if (unsettled.length > 0) return 'failed';
    if (issues.length > 0) return 'waiting';
    return key === null ? 'absent' : 'in_step';
}

/**
 * What is known of a record.
 * @param {object} query `data.uiapi.query` of the badge
 * @param {string} object API name
 * @param {string} recordId with 18 characters
 * @returns `state` is one of in_step, waiting, conflict, failed, absent; `mayAct` whether the user may give commands
 */
export function recordOf(query, object, recordId) {
    const [record] = nodesOf(query[object]);
    const issues = nodesOf(query.Woo_Sync_Issue__c).map((node) => issueOf(node));
    const recordIds = [recordId, ...issues.map(({ id }) => id)];
    const commands = nodesOf(query.Woo_Command__c)
        .map((node) => commandOf(node))
        .filter((command) => concerns(command, recordIds, issues));
    // A key that the user may not see is no sign that there is none.
    const key = record?.Woo_Key__c === undefined ? undefined : record.Woo_Key__c.value;
    const mayAct = Boolean(query.Woo_Command__c);
    return { key, issues, commands, mayAct, state: stateOf({ key, issues, commands }) };
}

const pendingOf = ({ issues, commands }) => [...issues, ...commands.filter(isActive)].map(({ id }) => id);

/** Whether an issue was closed or a command is over since: the record itself may have changed by it. */
export function hasSettled(before, after) {
    const pending = new Set(pendingOf(after));
    return pendingOf(before).some((id) => !pending.has(id));
}

/** Differs when something has happened; null when there is nothing to wait for. */
export function markOf({ issues, commands }) {
    const waits = commands.some(isActive) || issues.some(isDecided);
    return waits ? JSON.stringify([issues, commands]) : null;
}
