/** An id of a file, by itself or in an address that somebody pasted; its last three characters only repeat the others. */
const FILE_ID = /(?<![A-Za-z\d])(069[A-Za-z\d]{12})(?:[A-Za-z\d]{3})?(?![A-Za-z\d])/;

/**
 * @param {string|null|undefined} text what the field of a product holds
 * @returns {string|undefined} the first file's id, 15 characters; undefined where there is none
 */
export const fileIdIn = (text) => FILE_ID.exec(text ?? '')?.[1];

/**
 * @param {object} connection `uiapi.query.ContentVersion`
 * @returns {[string, string][]} id of the file, 15 characters, and the address of its thumbnail. A file that is gone,
 *     or that the user may not see, is not among them.
 */
export const thumbnailsOf = (connection) =>
    (connection?.edges ?? []).map(({ node }) => [
        fileIdIn(node.ContentDocumentId.value),
        `/sfc/servlet.shepherd/version/renditionDownload?rendition=THUMB120BY90&versionId=${node.Id}`
    ]);
