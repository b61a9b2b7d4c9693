import { format, formatMoney, formatNumber } from 'c/wooFormat';
import more from '@salesforce/label/c.Woo_Stock_Variations_More';
import notTracked from '@salesforce/label/c.Woo_Stock_Not_Tracked';
import perVariation from '@salesforce/label/c.Woo_Stock_Per_Variation';

const themes = {
    instock: 'slds-theme_success',
    outofstock: 'slds-theme_error',
    onbackorder: 'slds-theme_warning'
};

const isEmpty = (field) => field?.value === null || field?.value === undefined;

/** A field that the user may not see is not in the answer; one without a value is. */
function stockOf(node, whenEmpty) {
    const status = node.Woo_Stock_Status__c;
    return {
        stock: node.Woo_Stock__c && {
            isCounted: !isEmpty(node.Woo_Stock__c),
            text: isEmpty(node.Woo_Stock__c) ? whenEmpty : formatNumber(node.Woo_Stock__c.value)
        },
        status: status?.displayValue ?? status?.value,
        badge: `slds-badge ${themes[status?.value] ?? ''}`
    };
}

/** No record tells the currency of the shop, so prices stand without one rather than with the org's. */
function priceOf({ Woo_Regular_Price__c: regular, Woo_Sale_Price__c: sale }) {
    const isOnSale = !isEmpty(sale) && (isEmpty(regular) || sale.value < regular.value);
    return {
        now: formatMoney(isOnSale ? sale.value : regular?.value),
        before: isOnSale && !isEmpty(regular) ? formatMoney(regular.value) : undefined,
        isOnSale
    };
}

const variationOf = ({ node }) => ({
    id: node.Id,
    name: node.Name.value,
    sku: node.StockKeepingUnit?.value,
    ...stockOf(node, notTracked),
    price: priceOf(node)
});

/** @returns the address, if a browser opens it as a page: what is typed into the field may be anything, even a script */
function pageAddress(text) {
    return /^https?:\/\/\S+$/i.test(text ?? '') ? text : undefined;
}

/**
 * @param {object} node of Product2, as `query.js` asks for it
 * @returns what the card shows; `stock`, `status`, `type` and so on are undefined where there is nothing to show
 */
export function productOf(node) {
    const { edges = [], totalCount = 0 } = node.Woo_Variations__r ?? {};
    const variations = edges.map(variationOf);
    const whenEmpty = variations.length > 0 ? perVariation : notTracked;
    const rest = totalCount - variations.length;
    return {
        isInShop: !isEmpty(node.Woo_Key__c),
        ...stockOf(node, whenEmpty),
        price: priceOf(node),
        shopStatus: node.Woo_Status__c?.displayValue ?? node.Woo_Status__c?.value,
        type: node.Woo_Type__c?.displayValue ?? node.Woo_Type__c?.value,
        address: pageAddress(node.Woo_Permalink__c?.value),
        lastChange: node.LastModifiedDate.value,
        parent: node.Woo_Parent_Product__r && {
            id: node.Woo_Parent_Product__r.Id,
            name: node.Woo_Parent_Product__r.Name.value
        },
        variations,
        variationCount: totalCount,
        more: rest > 0 ? format(more, formatNumber(rest)) : undefined
    };
}
