import { fileIdIn } from './thumbnails';

const valueOf = (field) => field?.value;

/** The shop numbers its lines; the number stands behind the key of the store. Without numbers lines stay as they are. */
const numberOf = ({ Woo_Key__c: key }) => Number(key?.value?.split(':').at(-1));
const inOrder = (edges) => edges.map(({ node }) => node).sort((a, b) => numberOf(a) - numberOf(b));

/** The price before discount, as the shop's page has it; the price of our field is after it. */
function priceOf({ quantity, subtotal }, node) {
    return quantity && typeof subtotal === 'number' ? subtotal / quantity : valueOf(node.Price__c);
}

/** A line of a variation without an image of its own shows that of the whole product, as in the shop. */
const imageOf = (product) =>
    fileIdIn(valueOf(product?.Woo_Featured_Image__c)) ??
    fileIdIn(valueOf(product?.Woo_Parent_Product__r?.Woo_Featured_Image__c));

function productLine(node) {
    const amounts = {
        quantity: valueOf(node.Quantity__c),
        subtotal: valueOf(node.Subtotal__c),
        total: valueOf(node.Total__c),
        tax: valueOf(node.Tax__c)
    };
    return {
        id: node.Id,
        name: valueOf(node.Item_Name__c) || valueOf(node.Name),
        sku: valueOf(node.SKU__c),
        productId: node.Product__r?.Id,
        // A product that the user may not see is not deleted: then its id is there.
        isDeleted: node.Product__c?.value === null,
        fileId: imageOf(node.Product__r),
        price: priceOf(amounts, node),
        ...amounts
    };
}

function otherLine(node) {
    const name = valueOf(node.Item_Name__c) || valueOf(node.Name);
    const code = valueOf(node.Code__c);
    return {
        id: node.Id,
        type: node.Type__c.value,
        name,
        code: code === name ? undefined : code,
        subtotal: valueOf(node.Subtotal__c),
        total: valueOf(node.Total__c),
        tax: valueOf(node.Tax__c)
    };
}

function sumsOf(connection) {
    const sums = connection.edges.map(({ node: { aggregate } }) => [
        aggregate.Type__c.value,
        {
            count: aggregate.Id.count.value,
            quantity: valueOf(aggregate.Quantity__c?.sum),
            subtotal: valueOf(aggregate.Subtotal__c?.sum),
            total: valueOf(aggregate.Total__c?.sum),
            tax: valueOf(aggregate.Tax__c?.sum)
        }
    ]);
    return Object.fromEntries(sums);
}

/**
 * One answer of the query.
 * @param {object} uiapi
 * @returns whether there is such an order; a page of its product lines; the lines of other types; and by type the
 *     count and the sums of all lines, whatever the page
 */
export function pageOf({ query, aggregate }) {
    const { products, others, Woo_Order__c: orders } = query;
    const order = orders.edges[0]?.node;
    return {
        isFound: Boolean(order),
        currency: valueOf(order?.Currency_Code__c),
        products: inOrder(products.edges).map(productLine),
        others: inOrder(others.edges).map(otherLine),
        sums: sumsOf(aggregate.Woo_Order_Item__c),
        endCursor: products.pageInfo.endCursor,
        hasNextPage: products.pageInfo.hasNextPage
    };
}
