import { gql } from 'lightning/graphql';

const document = `
    Id
    Title { value }
    FileExtension { value }
    ContentSize { value }
    LatestPublishedVersionId { value }`;

/** Files that the fields name and that are not on the product, or not among those that were read. */
const named = `
        ContentDocument(where: { Id: { in: $named } }, first: 200) {
            edges { node { ${document} } }
        }`;

/**
 * The product's two fields, its files, and where asked for the files that `$named` lists.
 * @param {{ featured: string, gallery: string }} fields API names, checked by `isApiName`
 * @param {boolean} withNamed an empty `$named` would be refused
 */
export const productQuery = (fields, withNamed) => gql`
query WooProductImages($id: ID!, $first: Int!${withNamed ? ', $named: [ID]' : ''}) {
    uiapi {
        query {
            Product2(where: { Id: { eq: $id } }, first: 1) {
                edges {
                    node {
                        Id
                        LastModifiedDate { value }
                        LastModifiedBy @optional { Name { value } }
                        Woo_Parent_Product__c @optional { value }
                        ${fields.featured} @optional { value }
                        ${fields.gallery} @optional { value }
                        ContentDocumentLinks(
                            first: $first
                            orderBy: { ContentDocument: { CreatedDate: { order: DESC } } }
                        ) {
                            edges { node { Id ContentDocument { ${document} } } }
                            pageInfo { hasNextPage }
                        }
                    }
                }
            }${withNamed ? named : ''}
        }
    }
}`;

/** Whether a text can stand in a query as the name of a field. */
export const isApiName = (text) => /^[a-z]\w*$/i.test(text ?? '');
