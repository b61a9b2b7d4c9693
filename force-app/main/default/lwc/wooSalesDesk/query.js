import { gql } from 'lightning/graphql';

const ORDER = `edges { node {
    Id
    Name { value }
    Status__c @optional { value displayValue }
    Created_In_Woo__c @optional { value }
    Total__c @optional { value }
    Currency_Code__c @optional { value }
    Deleted_In_Woo__c @optional { value }
} }`;
const NEWEST = 'orderBy: { Created_In_Woo__c: { order: DESC, nulls: LAST }, Id: { order: DESC } }, first: 10';

/** What to look at: orders, and the customers that came last; and which orders there could be at all. */
export const DESK = gql`
    query wooSalesDesk($orders: Woo_Order__c_Filter, $arrived: Woo_Order__c_Filter, $customers: Contact_Filter) {
        uiapi {
            aggregate {
                Woo_Order__c(where: $arrived, groupBy: { Status__c: { group: true } }, first: 50) {
                    edges { node { aggregate { Status__c { value label } Id { count { value } } } } }
                }
            }
            query {
                Woo_Order__c(where: $orders, ${NEWEST}) { ${ORDER} }
                Contact(where: $customers, orderBy: { CreatedDate: { order: DESC } }, first: 5) {
                    edges { node { Id Name { value } CreatedDate { value } } }
                }
            }
        }
    }
`;

/** Orders by their number, or those of a customer. */
export const FIND = gql`
    query wooFindOrders($found: Woo_Order__c_Filter) {
        uiapi {
            query {
                Woo_Order__c(where: $found, ${NEWEST}) { ${ORDER} }
            }
        }
    }
`;
