import { gql } from 'lightning/graphql';
import { ATTENTION_FIELDS, COMMAND_FIELDS, ISSUE_FIELDS, STORE_FIELDS } from 'c/wooSyncRecords';

/** Issues of a page. */
export const PAGE = 10;

/**
 * Each query has a filter on a field that Salesforce indexes. Who may not see commands may not give any either, and gets the rest. Those of the mapping editor are for a program,
 * and their results hold values of records.
 */
const commands = `
    Woo_Command__c(
        where: {
            CreatedDate: { gte: { range: { last_n_days: 30 } } }
            Type__c: { nin: ["describe_mapping", "preview_mapping", "list_matches"] }
        }
        orderBy: { CreatedDate: { order: DESC } }
        first: 10
    ) @optional {
        edges { node { ${COMMAND_FIELDS} } }
    }
`;

/**
 * Keys of stores begin with a letter or a digit, so all of them stand behind `!`. The sync writes an open issue anew at
 * least once a month. Attentions are for admins: others are answered without.
 * `$kind` and `$store` are patterns: to who may not see issues, a type of their conditions would be unknown as well.
 */
export const HEALTH = gql`
    query WooSyncHealth($kind: Picklist, $store: String, $first: Int, $after: String) {
        uiapi {
            query {
                Woo_Store_Status__c(
                    where: { Store__c: { gte: "!" } }
                    orderBy: { Name: { order: ASC } }
                    first: 50
                ) {
                    edges { node { ${STORE_FIELDS} } }
                }
                Woo_Sync_Issue__c(
                    where: {
                        SystemModstamp: { gte: { range: { last_n_days: 60 } } }
                        State__c: { eq: "open" }
                        Kind__c: { like: $kind }
                        Store__c: { like: $store }
                    }
                    orderBy: { Last_Seen__c: { order: DESC, nulls: LAST } }
                    first: $first
                    after: $after
                ) {
                    totalCount
                    pageInfo { hasNextPage endCursor }
                    edges { node { ${ISSUE_FIELDS} } }
                }
                Woo_Attention__c(
                    where: { Cause_Key__c: { gte: "!" }, State__c: { eq: "open" } }
                    orderBy: { Since__c: { order: DESC, nulls: LAST } }
                    first: 5
                ) @optional {
                    totalCount
                    edges { node { ${ATTENTION_FIELDS} } }
                }
                ${commands}
            }
        }
    }
`;

/**
 * What is asked while a command is under way. Lightning Data Service has answers to the same question for half a minute:
 * one of before the command was given would end the waiting.
 * @param {number} turn another one for each page that asks
 */
export const commandsQuery = (turn) => gql`
    query WooSyncCommands${turn} {
        uiapi {
            query {
                ${commands}
            }
        }
    }
`;
