/** Of a text field as we ship it, where Salesforce does not tell. */
const USUAL_LENGTH = 255;

/**
 * @param {{ data?: object, error?: object }} info what `getObjectInfo` gave
 * @param {{ featured: string, gallery: string }} fields API names
 * @returns {{ isKnown: boolean, mayUpdate: boolean, length: number }} `length` is that of the gallery field. Where the
 *     object's description cannot be read, the save decides who may change what
 */
export function rightsOf({ data, error }, fields) {
    const described = [fields.featured, fields.gallery].map((name) => data?.fields[name]);
    const mayUpdateBoth = data?.updateable !== false && described.every((field) => field?.updateable);
    return {
        isKnown: Boolean(data ?? error),
        mayUpdate: data ? mayUpdateBoth : Boolean(error),
        length: described[1]?.length || USUAL_LENGTH
    };
}
