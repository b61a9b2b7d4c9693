/** What WooCommerce itself takes for paid: what counts where no field mapping says it of an order. */
const PAID = ['processing', 'completed'];

/**
 * Whether orders count as sold. The service says so of each order, by the paid statuses of its store; the formula field
 * Is_Sale__c has the same rule for reports.
 * @param {string|null} counts Counts_As_Sale__c
 * @param {string|null} status
 */
export const isSale = (counts, status) => (counts ? counts === 'true' : PAID.includes(status));

/** The same as a filter of orders; deleted ones are left out by their own field. */
export const SOLD = {
    or: [
        { Counts_As_Sale__c: { eq: 'true' } },
        { and: [{ Counts_As_Sale__c: { eq: null } }, { Status__c: { in: PAID } }] }
    ]
};
