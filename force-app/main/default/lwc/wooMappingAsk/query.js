import { gql } from 'lightning/graphql';
import { BUDGET_FIELDS } from 'c/wooSyncRecords';

/**
 * One request for all commands that are waited for; results are there once they are over. The statuses say whether
 * somebody can work on them today; keys of stores begin with a letter or a digit, so all of them stand behind `!`.
 */
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
                Woo_Store_Status__c(where: { Store__c: { gte: "!" } }, first: 50) @optional {
                    edges { node { ${BUDGET_FIELDS} } }
                    pageInfo { hasNextPage }
                }
            }
        }
    }
`;
