import { gql } from 'lightning/graphql';

/** Refunds that are listed; the related list has the others. */
export const REFUNDS_SHOWN = 50;

/**
 * An order, its refunds, what its fees come to, and how the stores are called: one request. A field that the user may not see is left out; nothing is
 * ordered by one, since that would fail.
 */
export const ORDER = gql`
    query wooOrderSummary($id: ID) {
        uiapi {
            query {
                Woo_Store_Status__c(first: 200) @optional {
                    edges { node { Store__c { value } Name { value } } }
                }
                Woo_Order__c(where: { Id: { eq: $id } }, first: 1) {
                    edges {
                        node {
                            Id
                            Name { value }
                            Status__c @optional { value displayValue }
                            Store__c @optional { value }
                            Currency_Code__c @optional { value }
                            Subtotal__c @optional { value }
                            Discount_Total__c @optional { value }
                            Shipping_Total__c @optional { value }
                            Tax_Total__c @optional { value }
                            Total__c @optional { value }
                            Refunded_Total__c @optional { value }
                            Payment_Method__c @optional { value }
                            Customer_Note__c @optional { value }
                            Created_In_Woo__c @optional { value }
                            Paid_In_Woo__c @optional { value }
                            Completed_In_Woo__c @optional { value }
                            Modified_In_Woo__c @optional { value }
                            LastModifiedDate { value }
                            Deleted_In_Woo__c @optional { value }
                            Admin_URL__c @optional { value }
                            Contact__c @optional { value }
                            Contact__r @optional { Id Name { value } }
                            Account__r @optional { Id Name { value } }
                            Billing_First_Name__c @optional { value }
                            Billing_Last_Name__c @optional { value }
                            Billing_Company__c @optional { value }
                            Billing_Street__c @optional { value }
                            Billing_City__c @optional { value }
                            Billing_State__c @optional { value }
                            Billing_Postal_Code__c @optional { value }
                            Billing_Country__c @optional { value }
                            Billing_Email__c @optional { value }
                            Billing_Phone__c @optional { value }
                            Shipping_First_Name__c @optional { value }
                            Shipping_Last_Name__c @optional { value }
                            Shipping_Company__c @optional { value }
                            Shipping_Street__c @optional { value }
                            Shipping_City__c @optional { value }
                            Shipping_State__c @optional { value }
                            Shipping_Postal_Code__c @optional { value }
                            Shipping_Country__c @optional { value }
                            Shipping_Phone__c @optional { value }
                            Refunds__r(first: ${REFUNDS_SHOWN}, orderBy: { CreatedDate: { order: DESC }, Id: { order: DESC } }) @optional {
                                edges {
                                    node {
                                        Id
                                        Amount__c @optional { value }
                                        Reason__c @optional { value }
                                        Refunded_At__c @optional { value }
                                    }
                                }
                                pageInfo { hasNextPage }
                            }
                        }
                    }
                }
            }
            aggregate {
                Woo_Order_Item__c(where: { Order__c: { eq: $id } }, groupBy: { Type__c: { group: true } }, first: 200) @optional {
                    edges {
                        node {
                            aggregate {
                                Type__c { value }
                                Total__c @optional { sum { value } }
                            }
                        }
                    }
                }
            }
        }
    }
`;
