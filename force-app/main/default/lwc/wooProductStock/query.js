import { gql } from 'lightning/graphql';

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
