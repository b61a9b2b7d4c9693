/** The editor of a mapping, as a page reference. @param {string} name DeveloperName */
export const mappingPage = (name) => ({
    type: 'standard__navItemPage',
    attributes: { apiName: 'Woo_Mappings' },
    state: { c__mapping: name }
});
