import { canDecide } from 'c/wooSyncRecords';

const numbers = ['Woo_Stock__c', 'Woo_Regular_Price__c', 'Woo_Sale_Price__c'];
const picklists = ['Woo_Stock_Status__c', 'Woo_Status__c', 'Woo_Type__c'];
const shown = [...numbers, ...picklists, 'Woo_Permalink__c'];

const storeOf = (node) => (node.Woo_Key__c?.value ?? '').split(':')[0];

/** @returns undefined where the text is no value of the field, so that nobody knows what the shop has */
function fieldOf(name, text, labels) {
    if (text === null) return { value: null };
    if (numbers.includes(name)) return Number.isFinite(Number(text)) ? { value: Number(text) } : undefined;
    return { value: text, displayValue: labels[name]?.find(({ value }) => value === text)?.label };
}

/** Of what no rule and no person has decided, the issue keeps the value of each side. */
function ofConflicts(conflicts, labels) {
    const values = conflicts.map(({ field, wooValue }) => [field, fieldOf(field, wooValue, labels)]);
    return {
        fields: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
        isUnsure: values.some(([, value]) => value === undefined)
    };
}

/** Whether it may keep a value that the card shows from one of the sides. */
const keepsApart = ({ kind, field, isRefusedWish }) =>
    kind !== 'conflict' && !isRefusedWish && (field === null || shown.includes(field));

/**
 * The product as the shop has it, as far as open issues tell: Salesforce may hold other values.
 * @param {object} node of Product2 or one of its variations
 * @param {object[]} issues open ones, as `issueOf` of `c/wooSyncRecords` gives them
 * @param {Record<string, { value: string, label: string }[]>} labels of picklist values, by their fields
 * @returns `node`, and what is to be said of it: `differs` where Salesforce has other values, `isUnsure` where the shop
 * may have others than are shown
 */
export function inShop(node, issues, labels = {}) {
    const store = storeOf(node);
    const mine = issues.filter((one) => one.recordId === node.Id && one.store === store);
    const conflicts = mine.filter((one) => canDecide(one) && node[one.field] && shown.includes(one.field));
    const { fields, isUnsure } = ofConflicts(conflicts, labels);
    return {
        node: { ...node, ...fields },
        differs: Object.keys(fields).length > 0,
        isUnsure: isUnsure || mine.some(keepsApart)
    };
}

/** Whether a value is to be shown that has a label which the query does not bring. */
export const needsLabels = (issues) => issues.some((one) => canDecide(one) && picklists.includes(one.field));

/** The product with its variations, each as the shop has it. */
export function wholeInShop(node, issues, labels) {
    const own = inShop(node, issues, labels);
    const { Woo_Variations__r: connection } = node;
    const parts = (connection?.edges ?? []).map((edge) =>
        inShop({ ...edge.node, Woo_Key__c: node.Woo_Key__c }, issues, labels)
    );
    const all = [own, ...parts];
    return {
        node: connection
            ? { ...own.node, Woo_Variations__r: { ...connection, edges: parts.map((part) => ({ node: part.node })) } }
            : own.node,
        differs: all.some(({ differs }) => differs),
        isUnsure: all.some(({ isUnsure }) => isUnsure)
    };
}
