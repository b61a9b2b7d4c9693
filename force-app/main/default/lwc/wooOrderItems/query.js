import { gql } from 'lightning/graphql';

/** Product lines of one request; more are asked for when somebody wants to see them. */
export const PAGE_SIZE = 200;

/**
 * A page of product lines, all other lines, and the sums of all lines. Ids are unique, so that pages do not overlap, and
 * those of lines that were written together are in their order. A field that the user may not see is left out; nothing
 * is ordered by one, since that would fail.
 */
export const LINES = gql`
    query wooOrderItems($id: ID, $after: String) {
        uiapi {
            query {
                Woo_Order__c(where: { Id: { eq: $id } }, first: 1) {
                    edges {
                        node {
                            Id
                            Currency_Code__c @optional { value }
                        }
                    }
                }
                products: Woo_Order_Item__c(
                    where: { and: [{ Order__c: { eq: $id } }, { Type__c: { eq: "product" } }] }
                    orderBy: { Id: { order: ASC } }
                    first: ${PAGE_SIZE}
                    after: $after
                ) {
                    edges {
                        node {
                            Id
                            Name { value }
                            Item_Name__c @optional { value }
                            Woo_Key__c @optional { value }
                            SKU__c @optional { value }
                            Quantity__c @optional { value }
                            Price__c @optional { value }
                            Subtotal__c @optional { value }
                            Total__c @optional { value }
                            Tax__c @optional { value }
                            Product__c @optional { value }
                            Product__r @optional {
                                Id
                                Woo_Featured_Image__c @optional { value }
                                Woo_Parent_Product__r @optional {
                                    Id
                                    Woo_Featured_Image__c @optional { value }
                                }
                            }
                        }
                    }
                    pageInfo { endCursor hasNextPage }
                }
                others: Woo_Order_Item__c(
                    where: { and: [{ Order__c: { eq: $id } }, { Type__c: { ne: "product" } }] }
                    orderBy: { Id: { order: ASC } }
                    first: ${PAGE_SIZE}
                ) {
                    edges {
                        node {
                            Id
                            Name { value }
                            Item_Name__c @optional { value }
                            Woo_Key__c @optional { value }
                            Type__c { value }
                            Code__c @optional { value }
                            Subtotal__c @optional { value }
                            Total__c @optional { value }
                            Tax__c @optional { value }
                        }
                    }
                }
            }
            aggregate {
                Woo_Order_Item__c(where: { Order__c: { eq: $id } }, groupBy: { Type__c: { group: true } }, first: 200) {
                    edges {
                        node {
                            aggregate {
                                Type__c { value }
                                Id { count { value } }
                                Quantity__c @optional { sum { value } }
                                Subtotal__c @optional { sum { value } }
                                Total__c @optional { sum { value } }
                                Tax__c @optional { sum { value } }
                            }
                        }
                    }
                }
            }
        }
    }
`;

/** The newest versions of the images of a page of lines. */
export const IMAGES = gql`
    query wooOrderImages($ids: [ID]) {
        uiapi {
            query {
                ContentVersion(where: { ContentDocumentId: { in: $ids }, IsLatest: { eq: true } }, first: ${PAGE_SIZE}) {
                    edges {
                        node {
                            Id
                            ContentDocumentId { value }
                        }
                    }
                }
            }
        }
    }
`;
