import { gql } from 'lightning/graphql';
import { ISSUE_FIELDS } from 'c/wooSyncRecords';

/** A product with its parent and the first of its variations, in one request. */
export const PRODUCT = gql`
    query wooProductStock($recordId: ID) {
        uiapi {
            query {
                Product2(where: { Id: { eq: $recordId } }, first: 1) {
                    edges {
                        node {
                            Id
                            Woo_Key__c {
                                value
                            }
                            Woo_Stock__c @optional {
                                value
                            }
                            Woo_Stock_Status__c @optional {
                                value
                                displayValue
                            }
                            Woo_Regular_Price__c @optional {
                                value
                            }
                            Woo_Sale_Price__c @optional {
                                value
                            }
                            Woo_Status__c @optional {
                                value
                                displayValue
                            }
                            Woo_Type__c @optional {
                                value
                                displayValue
                            }
                            Woo_Permalink__c @optional {
                                value
                            }
                            LastModifiedDate {
                                value
                            }
                            Woo_Parent_Product__r @optional {
                                Id
                                Name {
                                    value
                                }
                            }
                            Woo_Variations__r(first: 50, orderBy: { Name: { order: ASC }, Id: { order: ASC } })
                                @optional {
                                edges {
                                    node {
                                        Id
                                        Name {
                                            value
                                        }
                                        StockKeepingUnit @optional {
                                            value
                                        }
                                        Woo_Stock__c @optional {
                                            value
                                        }
                                        Woo_Stock_Status__c @optional {
                                            value
                                            displayValue
                                        }
                                        Woo_Regular_Price__c @optional {
                                            value
                                        }
                                        Woo_Sale_Price__c @optional {
                                            value
                                        }
                                    }
                                }
                                totalCount
                            }
                        }
                    }
                }
            }
        }
    }
`;

/** What is open of a product and its variations. Who may not see issues is answered without. */
export const ISSUES = gql`
    query wooProductStockIssues($recordIds: [String]) {
        uiapi {
            query {
                Woo_Sync_Issue__c(
                    where: { Record_Id__c: { in: $recordIds }, State__c: { eq: "open" } }
                    orderBy: { Last_Seen__c: { order: DESC, nulls: LAST } }
                    first: 200
                ) @optional {
                    edges { node { ${ISSUE_FIELDS} } }
                }
            }
        }
    }
`;
