import { format, formatList, formatNumber, formatTime } from 'c/wooFormat';
import { label } from './labels';

/** What the service and the flows take where a setting is blank, and the least that they take. */
const TELL_AFTER = 60;
const SILENT = 60;
const LEAST_SILENT = 15;

const isActive = ({ values }) => values.Active__c === true;

function waysOf({ Bell__c, Mail__c, Digest__c, Solved__c }) {
    const ways = [
        [Bell__c, label.bell],
        [Mail__c, label.mail],
        [Digest__c, label.digest]
    ];
    const used = ways.filter(([isUsed]) => isUsed).map(([, name]) => name);
    if (used.length === 0) return [label.noWay];
    return Solved__c ? [...used, label.solved] : used;
}

function silenceOf({ Silent_Until__c: until }, now) {
    const time = until ? new Date(until) : null;
    return time && time > now ? [format(label.silentUntil, formatTime(time))] : [];
}

/**
 * A recipient: how it is told, and of what.
 * @param {object} row of Woo_Recipient__mdt, as `WooMappings.settings` gives it
 * @param {Map<string, string>} names of the stores by their keys
 * @param {Date} now
 */
function recipientOf({ name, values }, names, now) {
    const { Store__c: store, Causes__c: causes, Kind__c: kind } = values;
    const said = [
        ...waysOf(values),
        store ? (names.get(store) ?? store) : label.allStores,
        ...(causes ? [format(label.only, causes)] : []),
        ...silenceOf(values, now)
    ];
    return {
        key: name,
        name: `${values.Recipient__c} (${kind})`,
        text: isActive({ values }) ? formatList(said) : label.off
    };
}

/** The smaller one of both limits counts, which depends on what the org has. */
function budgetOf({ Daily_API_Calls__c: calls, Daily_API_Share__c: share }) {
    const limits = [
        [calls, label.budget],
        [share, label.share]
    ];
    const set = limits.filter(([limit]) => limit !== null && limit !== undefined);
    return set.length === 0 ? [label.noBudget] : set.map(([limit, text]) => format(text, formatNumber(limit)));
}

function storeOf({ name, label: title, values }) {
    const { Tell_After_Minutes__c: tellAfter, Silent_Minutes__c: silent, Sender__c: sender } = values;
    const said = [
        format(label.tellAfter, formatNumber(tellAfter ?? TELL_AFTER)),
        format(label.silent, formatNumber(Math.max(silent ?? SILENT, LEAST_SILENT))),
        ...budgetOf(values),
        sender ? format(label.sender, sender) : label.noSender
    ];
    return { key: name, name: title, text: formatList(said) };
}

/**
 * What is set of telling, as the page shows it. Those that are on stand first.
 * @param {{ stores: object[], recipients: object[] }} settings what `WooMappings.settings` gives
 * @param {Date} now
 */
export function linesOf({ stores, recipients }, now) {
    const names = new Map(stores.map((store) => [store.values.Key__c, store.label]));
    const ordered = recipients.toSorted((one, other) => isActive(other) - isActive(one));
    return {
        stores: stores.filter(isActive).map(storeOf),
        recipients: ordered.map((recipient) => recipientOf(recipient, names, now)),
        isNobody: !recipients.some(isActive)
    };
}
