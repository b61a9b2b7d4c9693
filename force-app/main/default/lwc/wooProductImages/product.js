import { readableText } from 'c/wooFormat';
import { readImages } from 'c/wooProductImageIds';

const nodesOf = (connection) => (connection?.edges ?? []).map(({ node }) => node);

function fileOf(document) {
    return {
        id: document.Id,
        title: readableText(document.Title?.value ?? document.Id),
        extension: document.FileExtension?.value ?? '',
        size: document.ContentSize?.value ?? undefined,
        versionId: document.LatestPublishedVersionId?.value ?? undefined
    };
}

/**
 * What the query answered, in the form of this component.
 * @param {object} data of GraphQL
 * @param {string[]} asked ids that were asked for by themselves
 * @param {{ featured: string, gallery: string }} fields API names
 * @returns {object|null} null where the product is gone or hidden. `version` is what `Edits` knows; `files` holds
 *     every file that was read by its id; `asked` the ids that
 *     were looked for; `linked` the ids of those on the product, newest first; `hidden` which
 *     of `featured` and `gallery` the user may not see
 */
export function readProduct(data, fields, asked) {
    const [product] = nodesOf(data.uiapi.query.Product2);
    if (!product) return null;
    const links = product.ContentDocumentLinks;
    const linked = nodesOf(links).flatMap(({ ContentDocument }) => (ContentDocument ? [fileOf(ContentDocument)] : []));
    const named = nodesOf(data.uiapi.query.ContentDocument).map(fileOf);
    const texts = { featured: product[fields.featured]?.value, gallery: product[fields.gallery]?.value };
    return {
        version: {
            texts,
            images: readImages(texts.featured, texts.gallery),
            modified: product.LastModifiedDate.value,
            by: product.LastModifiedBy?.Name?.value
        },
        isVariation: Boolean(product.Woo_Parent_Product__c?.value),
        hidden: Object.keys(fields).filter((zone) => product[fields[zone]] === undefined),
        files: new Map([...linked, ...named].map((file) => [file.id, file])),
        asked: new Set(data.uiapi.query.ContentDocument ? asked : []),
        linked: linked.map(({ id }) => id),
        hasMore: links?.pageInfo.hasNextPage ?? false
    };
}
