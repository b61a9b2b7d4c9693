import { gql } from 'lightning/graphql';
import { COMMAND_FIELDS, ISSUE_FIELDS } from 'c/wooSyncRecords';

const make = (object) => gql`
    query WooSyncBadge($recordId: ID, $aboutIds: [String]) {
        uiapi {
            query {
                ${object}(where: { Id: { eq: $recordId } }, first: 1) {
                    edges { node { Id Woo_Key__c @optional { value } } }
                }
                Woo_Sync_Issue__c(
                    where: { Record_Id__c: { in: $aboutIds }, State__c: { eq: "open" } }
                    orderBy: { Last_Seen__c: { order: DESC, nulls: LAST } }
                    first: 20
                ) {
                    edges { node { ${ISSUE_FIELDS} } }
                }
                Woo_Command__c(
                    where: {
                        or: [
                            { Record_Id__c: { in: $aboutIds } }
                            { and: [{ Type__c: { eq: "retry" } }, { State__c: { in: ["waiting", "running"] } }] }
                        ]
                    }
                    orderBy: { CreatedDate: { order: DESC } }
                    first: 20
                ) @optional {
                    edges { node { ${COMMAND_FIELDS} } }
                }
            }
        }
    }
`;

/** A document per object, made once: a new one each time would make the wire ask again. */
const made = new Map();

/**
 * What is known of one record: its key, its open issues, and the commands about it or its issues. Who may not see
 * commands may not give any either, and gets the rest.
 * @param {string} object API name
 */
export function queryOf(object) {
    if (!made.has(object)) made.set(object, make(object));
    return made.get(object);
}
