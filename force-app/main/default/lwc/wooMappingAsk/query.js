import { gql } from 'lightning/graphql';

/** One request for all commands that are waited for; results are there once they are over. */
export const COMMANDS = gql`
    query WooMappingAsk($ids: [ID]) {
        uiapi {
            query {
                Woo_Command__c(where: { Id: { in: $ids } }, first: 200) {
                    edges {
                        node {
                            Id
                            State__c {
                                value
                            }
                            Result__c {
                                value
                            }
                        }
                    }
                }
            }
        }
    }
`;
