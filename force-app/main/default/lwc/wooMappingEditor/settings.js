/** The store whose records are looked at: the mapping's own, else the first one. */
export const storeOf = ({ mapping, org }) =>
    mapping.store ?? (org.stores.find(({ active }) => active) ?? org.stores[0])?.key ?? null;

/** The objects that the active mappings make of each resource; of content, of each type. */
export function objectsOf(mappings) {
    const objects = {};
    for (const { isActive, mapping } of mappings) {
        const { resource, contentType, object } = mapping;
        const kind = resource === 'content' ? contentType : resource;
        if (isActive && object) (objects[kind] ??= []).push(object);
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
