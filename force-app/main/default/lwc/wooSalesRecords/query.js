import { gql } from 'lightning/graphql';
import { SOLD } from './sold';

/** A request has at most ten subqueries. */
export const DAYS_PER_REQUEST = 10;
/** A shop's clock may be ahead of the org's. */
const AHEAD_MS = 24 * 3_600_000;

const between = (from, until) => ({
    gte: { value: from.toISOString() },
    lt: { value: until.toISOString() }
});
/**
 * What the shop said of an order was written no earlier than it was placed: this leaves out nothing, and `SystemModstamp`
 * is indexed, which the shop's own times are not. `CreatedDate` would leave out orders that began as drafts here.
 */
const writtenSince = (from) => ({
    gte: { value: new Date(from.getTime() - AHEAD_MS).toISOString() }
});

/** Orders that were placed in a time. @param {Date} from @param {Date} until the first moment after it */
export const orderedBetween = (from, until) => ({
    SystemModstamp: writtenSince(from),
    Created_In_Woo__c: between(from, until),
    Deleted_In_Woo__c: { eq: false }
});

const indexes = (count) => Array.from({ length: count }, (_, at) => at);

/** Sales of so many days, a subquery each: a group of a query cannot be a day of the viewer's time zone. */
export const daysQuery = (count) => gql`
    query wooSalesByDay(${indexes(count)
        .map((at) => `$d${at}: Woo_Order__c_Filter`)
        .join(', ')}) {
        uiapi {
            aggregate {
                ${indexes(count)
                    .map(
                        (at) => `d${at}: Woo_Order__c(
                    where: $d${at}
                    groupBy: {
                        Currency_Code__c: { group: true }
                        Status__c: { group: true }
                        Counts_As_Sale__c: { group: true }
                    }
                    first: 2000
                ) {
                    edges { node { aggregate {
                        Currency_Code__c { value }
                        Status__c { value label }
                        Counts_As_Sale__c { value }
                        Id { count { value } }
                        Total__c { sum { value } }
                        Refunded_Total__c { sum { value } }
                    } } }
                }`
                    )
                    .join('\n')}
            }
        }
    }
`;

/** Most products, and most customers, that a period is counted with: what a query gives at most. */
const MOST = 2000;

/** What else a period is counted by. */
export const PARTS = gql`
    query wooSalesParts(
        $items: Woo_Order_Item__c_Filter
        $refunds: Woo_Refund__c_Filter
        $customers: Woo_Order__c_Filter
    ) {
        uiapi {
            aggregate {
                Woo_Order_Item__c(
                    where: $items
                    groupBy: { Item_Name__c: { group: true }, Order__r: { Currency_Code__c: { group: true } } }
                    orderBy: { Total__c: { function: SUM, order: DESC, nulls: LAST } }
                    first: ${MOST}
                ) {
                    edges { node { aggregate {
                        Item_Name__c { value }
                        Order__r { Currency_Code__c { value } }
                        Quantity__c { sum { value } }
                        Total__c { sum { value } }
                    } } }
                    pageInfo { hasNextPage }
                }
                Woo_Refund__c(
                    where: $refunds
                    groupBy: { Order__r: { Currency_Code__c: { group: true } } }
                    first: ${MOST}
                ) {
                    edges { node { aggregate {
                        Order__r { Currency_Code__c { value } }
                        Id { count { value } }
                        Amount__c { sum { value } }
                    } } }
                }
                Woo_Order__c(
                    where: $customers
                    groupBy: { Contact__c: { group: true }, Currency_Code__c: { group: true } }
                    first: ${MOST}
                ) {
                    edges { node { aggregate {
                        Contact__c { value }
                        Currency_Code__c { value }
                        Id { count { value } }
                    } } }
                    pageInfo { hasNextPage }
                }
            }
        }
    }
`;

/** The variables of `PARTS`. @param {Date} from @param {Date} until */
export function partsBetween(from, until) {
    const sold = { ...orderedBetween(from, until), ...SOLD };
    return {
        items: { SystemModstamp: writtenSince(from), Type__c: { eq: 'product' }, Order__r: sold },
        refunds: {
            SystemModstamp: writtenSince(from),
            Refunded_At__c: between(from, until),
            Order__r: { Deleted_In_Woo__c: { eq: false } }
        },
        customers: sold
    };
}

/** What these customers bought before a time. @param {string[]} ids @param {Date} from */
export const soldBefore = (ids, from) => ({
    Contact__c: { in: ids },
    Created_In_Woo__c: { lt: { value: from.toISOString() } },
    Deleted_In_Woo__c: { eq: false },
    ...SOLD
});

/** Which of these customers ordered before; `Contact__c` is indexed. */
export const earlierQuery = gql`
    query wooEarlierOrders($where: Woo_Order__c_Filter) {
        uiapi {
            aggregate {
                Woo_Order__c(where: $where, groupBy: { Contact__c: { group: true } }, first: ${MOST}) {
                    edges { node { aggregate { Contact__c { value } Id { count { value } } } } }
                }
            }
        }
    }
`;
