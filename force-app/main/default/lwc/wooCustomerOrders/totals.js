import { isSale } from 'c/wooSalesRecords';

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const latest = (times) => times.filter(Boolean).sort((a, b) => Date.parse(b) - Date.parse(a))[0];

/** Sums of decimals carry errors far behind the last digit; four digits are more than any currency has. */
const rounded = (amount) => Math.round(amount * 10000) / 10000 + 0;

/** @returns Map from what `keyOf` gives to the items that it gives it for, in the order of their first */
function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
    return groups;
}

function groupOf({ node: { aggregate } }) {
    const { Currency_Code__c, Status__c, Counts_As_Sale__c, Deleted_In_Woo__c } = aggregate;
    const { Id, Total__c, Refunded_Total__c, Created_In_Woo__c } = aggregate;
    return {
        currency: Currency_Code__c.value ?? '',
        status: Status__c.value ?? '',
        statusLabel: Status__c.label ?? Status__c.value ?? '',
        isSale: isSale(Counts_As_Sale__c.value, Status__c.value),
        isDeleted: Deleted_In_Woo__c.value === true,
        count: Number(Id.count.value),
        kept: (Total__c.sum.value ?? 0) - (Refunded_Total__c.sum.value ?? 0),
        newest: Created_In_Woo__c.max.value
    };
}

function currencyOf([currency, groups]) {
    const paid = groups.filter((group) => group.isSale);
    const paidCount = sum(paid.map(({ count }) => count));
    const spent = rounded(sum(paid.map(({ kept }) => kept)));
    return {
        currency,
        count: sum(groups.map(({ count }) => count)),
        paidCount,
        spent,
        average: paidCount > 0 ? rounded(spent / paidCount) : undefined,
        newest: latest(groups.map(({ newest }) => newest))
    };
}

const statusOf = ([status, groups]) => ({
    status,
    label: groups[0].statusLabel,
    count: sum(groups.map(({ count }) => count))
});

const mostFirst = (a, b) => b.count - a.count;

/**
 * Totals of a customer. Orders deleted in the shop are in the list, and so in `count` and `statuses`, but in no currency's
 * totals.
 * @param {object} connection `uiapi.aggregate.Woo_Order__c`, grouped by currency, status and deleted
 * @returns {{ count: number,
 *   currencies: { currency: string, count: number, paidCount: number, spent: number, average: number|undefined,
 *     newest: string|undefined }[],
 *   statuses: { status: string, label: string, count: number }[] }} the most used first
 */
export function totalsOf({ edges }) {
    const groups = edges.map(groupOf);
    const alive = groups.filter(({ isDeleted }) => !isDeleted);
    return {
        count: sum(groups.map(({ count }) => count)),
        currencies: [...grouped(alive, ({ currency }) => currency)].map(currencyOf).sort(mostFirst),
        statuses: [...grouped(groups, ({ status }) => status)].map(statusOf).sort(mostFirst)
    };
}
