import { gql } from 'lightning/graphql';

/** One page of orders, newest first; the Id makes the order of a page sure where two were placed in the same second. */
const orders = `
    edges {
        node {
            Id
            Name { value }
            Status__c { value displayValue }
            Created_In_Woo__c { value }
            Total__c { value }
            Refunded_Total__c { value }
            Currency_Code__c { value }
            Deleted_In_Woo__c { value }
        }
    }
    pageInfo { endCursor hasNextPage }`;
const newestFirst = 'orderBy: { Created_In_Woo__c: { order: DESC, nulls: LAST }, Id: { order: DESC } }';

/** What the card opens with, in one request: all totals, and the first page. `Woo_Order__c_Filter` picks the customer. */
export const OVERVIEW = gql`
    query wooCustomerOrders($customer: Woo_Order__c_Filter, $first: Int) {
        uiapi {
            aggregate {
                Woo_Order__c(
                    where: $customer
                    groupBy: {
                        Currency_Code__c: { group: true }
                        Status__c: { group: true }
                        Counts_As_Sale__c: { group: true }
                        Deleted_In_Woo__c: { group: true }
                    }
                    first: 2000
                ) {
                    edges {
                        node {
                            aggregate {
                                Currency_Code__c { value }
                                Status__c { value label }
                                Counts_As_Sale__c { value }
                                Deleted_In_Woo__c { value }
                                Id { count { value } }
                                Total__c { sum { value } }
                                Refunded_Total__c { sum { value } }
                                Created_In_Woo__c { max { value } }
                            }
                        }
                    }
                }
            }
            query {
                Woo_Order__c(where: $customer, ${newestFirst}, first: $first) {${orders}
                }
            }
        }
    }
`;

/** Any other page, or the first one of a status: only the list. */
export const PAGE = gql`
    query wooCustomerOrdersPage($where: Woo_Order__c_Filter, $first: Int, $after: String) {
        uiapi {
            query {
                Woo_Order__c(where: $where, ${newestFirst}, first: $first, after: $after) {${orders}
                }
            }
        }
    }
`;
