import { readOrg } from '../../wooMappingDraft/__tests__/project';

const FOLDER = 'config/org/main/default/customMetadata';
const connection = (nodes) => ({ edges: nodes.map((node) => ({ node })) });
const value = (one) => ({ value: one });
const group = (fields, count, last) => ({
    aggregate: {
        ...Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, value(one)])),
        Id: { count: value(count) },
        ...(last && { LastModifiedDate: { max: value(last) } })
    }
});

/** The configuration of the project, as `WooMappings.read` gives it. */
export const configuration = () => readOrg(FOLDER);

export const SYNC_USER = '005SYNC';

/** The answer to `STATE`. @param {object} said what is otherwise */
export const stateAnswer = ({
    lastSeen = new Date().toISOString(),
    held = [],
    issues = [],
    stores = ['main'],
    mappings = {}
} = {}) => ({
    uiapi: {
        query: {
            Woo_Store_Status__c: connection(
                stores.map((key) => ({
                    Id: `a04${key}`,
                    Name: value(key),
                    Store__c: value(key),
                    State__c: value('healthy'),
                    Last_Seen__c: value(lastSeen),
                    LastModifiedById: value(SYNC_USER),
                    ...(mappings[key] && { Mappings__c: value(mappings[key]) })
                }))
            ),
            Woo_Sync_Issue__c: connection(
                held.map((name) => ({
                    Id: `a05${name}`,
                    Woo_Id__c: value(name),
                    Reason__c: value(`${name} is held.`),
                    What_To_Do__c: value('Mend it.')
                }))
            )
        },
        aggregate: {
            Woo_Sync_Issue__c: connection(
                issues.map(([object, resource, store, count]) =>
                    group({ Salesforce_Object__c: object, Resource__c: resource, Store__c: store }, count)
                )
            )
        }
    }
});

/** The answer to a query of counts: the same for each of its parts. */
export const countsAnswer = (query, groups) => ({
    uiapi: {
        aggregate: Object.fromEntries(
            [...query.matchAll(/\b(t\d+):/g)].map(([, name]) => [
                name,
                connection(groups.map(([user, count, last]) => group({ LastModifiedById: user }, count, last)))
            ])
        )
    }
});
