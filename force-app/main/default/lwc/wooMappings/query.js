import { gql } from 'lightning/graphql';
import { STORE_FIELDS } from 'c/wooSyncRecords';

/** How the mappings are doing: what the sync reports, which of them it holds, and open issues by what they are of. */
export const STATE = gql`
    query WooMappingsState {
        uiapi {
            query {
                Woo_Store_Status__c(orderBy: { Name: { order: ASC } }, first: 50) {
                    edges { node { ${STORE_FIELDS} LastModifiedById { value } } }
                }
                Woo_Sync_Issue__c(
                    where: { State__c: { eq: "open" }, Salesforce_Object__c: { eq: "Woo_Mapping__mdt" } }
                    first: 500
                ) {
                    edges { node { Id Woo_Id__c { value } Reason__c { value } What_To_Do__c { value } } }
                }
            }
            aggregate {
                Woo_Sync_Issue__c(
                    where: { State__c: { eq: "open" } }
                    groupBy: {
                        Salesforce_Object__c: { group: true }
                        Resource__c: { group: true }
                        Store__c: { group: true }
                    }
                    first: 500
                ) {
                    edges {
                        node {
                            aggregate {
                                Salesforce_Object__c { value }
                                Resource__c { value }
                                Store__c { value }
                                Id { count { value } }
                            }
                        }
                    }
                }
            }
        }
    }
`;

/** A query asks for at most so many objects. */
export const CHUNK = 10;

const isName = (text) => /^[A-Za-z]\w*$/.test(text ?? '');

/**
 * What a mapping's records are: those of its object that carry a key, of its store where it is for one.
 * @param {{ object: string|null, externalIdField: string|null, store: string|null }} mapping
 * @returns {string|null} a condition of GraphQL after the object's name; null where there is nothing to count
 */
export function targetOf({ object, externalIdField, store }) {
    if (!isName(object) || !isName(externalIdField)) return null;
    const condition = store ? `{ like: ${JSON.stringify(`${store}:%`)} }` : '{ ne: null }';
    return `${object}(where: { ${externalIdField}: ${condition} }`;
}

/** How many records there are, and when each user changed one last. @param {string[]} targets at most `CHUNK` */
export function countQuery(targets) {
    const parts = targets.map(
        (target, at) => `t${at}: ${target} groupBy: { LastModifiedById: { group: true } } first: 500) {
            edges {
                node { aggregate { LastModifiedById { value } Id { count { value } } LastModifiedDate { max { value } } } }
            }
        }`
    );
    return gql`query WooMappingsCounts { uiapi { aggregate { ${parts.join('\n')} } } }`;
}
