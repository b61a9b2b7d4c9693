import { format, formatMoney, statusBadge } from 'c/wooFormat';
import refunded from '@salesforce/label/c.Woo_Orders_Refunded';

function rowOf({ node }) {
    const currency = node.Currency_Code__c.value;
    const refund = node.Refunded_Total__c.value;
    return {
        id: node.Id,
        number: node.Name.value,
        // A status that a plugin of the shop adds has no label: it is shown as the shop names it.
        status: node.Status__c.displayValue ?? node.Status__c.value,
        badge: statusBadge(node.Status__c.value),
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
