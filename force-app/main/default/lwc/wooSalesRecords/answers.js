import { isSale } from './sold';

const groupsOf = (connection) => (connection?.edges ?? []).map(({ node }) => node.aggregate);
const numberOf = (computed) => Number(computed?.value ?? 0);
const isCut = (connection) => connection?.pageInfo?.hasNextPage === true;

/** Groups of each day. @param {object} aggregate `data.uiapi.aggregate` of `daysQuery` @param {string[]} days */
export const daysOf = (aggregate, days) =>
    days.map((day, at) => ({
        day,
        groups: groupsOf(aggregate[`d${at}`]).map(
            ({ Currency_Code__c, Status__c, Counts_As_Sale__c, Id, Total__c, Refunded_Total__c }) => ({
                currency: Currency_Code__c.value ?? '',
                status: Status__c.value ?? '',
                statusLabel: Status__c.label ?? Status__c.value ?? '',
                isSale: isSale(Counts_As_Sale__c.value, Status__c.value),
                count: numberOf(Id.count),
                kept: numberOf(Total__c.sum) - numberOf(Refunded_Total__c.sum)
            })
        )
    }));

/**
 * Products that were sold, those that brought most first, and whether there are more than a query gives.
 * @returns {{ sold: { name: string, currency: string, quantity: number, amount: number }[], isCut: boolean }}
 */
export function productsOf({ Woo_Order_Item__c: connection }) {
    const sold = groupsOf(connection).map(({ Item_Name__c, Order__r, Quantity__c, Total__c }) => ({
        name: Item_Name__c.value ?? '',
        currency: Order__r.Currency_Code__c.value ?? '',
        quantity: numberOf(Quantity__c.sum),
        amount: numberOf(Total__c.sum)
    }));
    return { sold, isCut: isCut(connection) };
}

/** @returns {{ currency: string, count: number, amount: number }[]} */
export const refundsOf = (aggregate) =>
    groupsOf(aggregate.Woo_Refund__c).map(({ Order__r, Id, Amount__c }) => ({
        currency: Order__r.Currency_Code__c.value ?? '',
        count: numberOf(Id.count),
        amount: numberOf(Amount__c.sum)
    }));

/**
 * Who bought in which currency (`id` of nobody is empty), and whether there are more than a query gives.
 * @returns {{ buyers: { id: string|null, currency: string, count: number }[], isCut: boolean }}
 */
export function customersOf({ Woo_Order__c: connection }) {
    const buyers = groupsOf(connection).map(({ Contact__c, Currency_Code__c, Id }) => ({
        id: Contact__c.value,
        currency: Currency_Code__c.value ?? '',
        count: numberOf(Id.count)
    }));
    return { buyers, isCut: isCut(connection) };
}

/** Ids of the customers whom `earlierQuery` found. */
export const idsOf = ({ Woo_Order__c: connection }) => groupsOf(connection).map(({ Contact__c }) => Contact__c.value);
