const groupsOf = (connection) => (connection?.edges ?? []).map(({ node }) => node.aggregate);
const numberOf = (computed) => Number(computed?.value ?? 0);

/** Groups of each day. @param {object} aggregate `data.uiapi.aggregate` of `daysQuery` @param {string[]} days */
export const daysOf = (aggregate, days) =>
    days.map((day, at) => ({
        day,
        groups: groupsOf(aggregate[`d${at}`]).map(
            ({ Currency_Code__c, Status__c, Id, Total__c, Refunded_Total__c }) => ({
                currency: Currency_Code__c.value ?? '',
                status: Status__c.value ?? '',
                statusLabel: Status__c.label ?? Status__c.value ?? '',
                count: numberOf(Id.count),
                kept: numberOf(Total__c.sum) - numberOf(Refunded_Total__c.sum)
            })
        )
    }));

/** @returns {{ name: string, currency: string, quantity: number, amount: number }[]} */
export const productsOf = (aggregate) =>
    groupsOf(aggregate.Woo_Order_Item__c).map(({ Item_Name__c, Order__r, Quantity__c, Total__c }) => ({
        name: Item_Name__c.value ?? '',
        currency: Order__r.Currency_Code__c.value ?? '',
        quantity: numberOf(Quantity__c.sum),
        amount: numberOf(Total__c.sum)
    }));

/** @returns {{ currency: string, count: number, amount: number }[]} */
export const refundsOf = (aggregate) =>
    groupsOf(aggregate.Woo_Refund__c).map(({ Order__r, Id, Amount__c }) => ({
        currency: Order__r.Currency_Code__c.value ?? '',
        count: numberOf(Id.count),
        amount: numberOf(Amount__c.sum)
    }));

/** Customers who ordered, orders of nobody, and whether there are more than a query gives. */
export function customersOf({ Woo_Order__c: connection }) {
    const groups = groupsOf(connection).map(({ Contact__c, Id }) => ({
        id: Contact__c.value,
        count: numberOf(Id.count)
    }));
    const nobodys = groups.filter(({ id }) => !id);
    return {
        ids: groups.flatMap(({ id }) => id ?? []),
        nobodys: nobodys.reduce((sum, { count }) => sum + count, 0),
        isCut: connection?.pageInfo?.hasNextPage === true
    };
}
