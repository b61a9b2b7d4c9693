/** The store whose records are looked at: the mapping's own, else the first one. */
export const storeOf = ({ mapping, org }) =>
    mapping.store ?? (org.stores.find(({ active }) => active) ?? org.stores[0])?.key ?? null;

/** The objects that the active mappings make of each resource. */
export function objectsOf(mappings) {
    const objects = {};
    for (const { isActive, mapping } of mappings) {
        if (isActive && mapping.object) (objects[mapping.resource] ??= []).push(mapping.object);
    }
    return objects;
}

/** The key field that an object has, where the mapping has none of its own; null where there is nothing to choose. */
export function keyFor({ externalIdField }, described) {
    const { fields } = described.keyFields;
    if (described.field(externalIdField)) return null;
    const usual = fields.find(({ name }) => name === 'Woo_Key__c') ?? (fields.length === 1 ? fields[0] : undefined);
    return usual?.name ?? null;
}
