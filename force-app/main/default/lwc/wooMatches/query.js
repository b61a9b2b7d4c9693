import { gql } from 'lightning/graphql';
import { STORE_FIELDS } from 'c/wooSyncRecords';

/** The stores that the sync reports on. */
export const STORES = gql`
    query WooMatchesStores {
        uiapi {
            query {
                Woo_Store_Status__c(orderBy: { Name: { order: ASC } }, first: 50) {
                    edges { node { ${STORE_FIELDS} } }
                }
            }
        }
    }
`;
