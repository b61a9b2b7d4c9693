import { format, formatMoney } from 'c/wooFormat';
import refunded from '@salesforce/label/c.Woo_Orders_Refunded';

const themes = {
    completed: 'slds-theme_success',
    processing: 'slds-theme_alt-inverse',
    'on-hold': 'slds-theme_warning',
    failed: 'slds-theme_error',
    cancelled: 'slds-badge_lightest',
    refunded: 'slds-badge_lightest'
};

function rowOf({ node }) {
    const currency = node.Currency_Code__c.value;
    const refund = node.Refunded_Total__c.value;
    return {
        id: node.Id,
        number: node.Name.value,
        // A status that a plugin of the shop adds has no label: it is shown as the shop names it.
        status: node.Status__c.displayValue ?? node.Status__c.value,
        badge: `slds-badge ${themes[node.Status__c.value] ?? ''}`,
        orderedAt: node.Created_In_Woo__c.value,
        amount: formatMoney(node.Total__c.value, currency),
        refund: refund > 0 ? format(refunded, formatMoney(refund, currency)) : undefined,
        isDeleted: node.Deleted_In_Woo__c.value === true
    };
}

/**
 * @param {object} connection `uiapi.query.Woo_Order__c`
 * @returns rows as the list shows them
 */
export const rowsOf = ({ edges }) => edges.map(rowOf);
