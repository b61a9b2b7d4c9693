import { gql } from 'lightning/graphql';

/** The newest first, and how the stores are called; the Id makes the order sure where two were placed in the same second. */
export const LATEST = gql`
    query wooLatestOrders($first: Int, $where: Woo_Order__c_Filter) {
        uiapi {
            query {
                Woo_Store_Status__c(where: { Store__c: { gte: "!" } }, first: 200) @optional {
                    edges {
                        node {
                            Store__c {
                                value
                            }
                            Name {
                                value
                            }
                        }
                    }
                }
                Woo_Order__c(
                    where: $where
                    orderBy: { Created_In_Woo__c: { order: DESC, nulls: LAST }, Id: { order: DESC } }
                    first: $first
                ) {
                    edges {
                        node {
                            Id
                            Name {
                                value
                            }
                            Status__c @optional {
                                value
                                displayValue
                            }
                            Created_In_Woo__c {
                                value
                            }
                            Total__c @optional {
                                value
                            }
                            Currency_Code__c @optional {
                                value
                            }
                            Store__c @optional {
                                value
                            }
                            Contact__r @optional {
                                Id
                                Name {
                                    value
                                }
                            }
                        }
                    }
                }
            }
        }
    }
`;
