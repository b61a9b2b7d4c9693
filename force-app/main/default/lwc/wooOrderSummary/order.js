/** The value of a field: undefined where the user may not see it, null where it is empty. */
const valueOf = (field) => field?.value;

/** Undefined where the user may not see it; an empty amount is nothing. */
const amountOf = (field) => (field ? (field.value ?? 0) : undefined);

/** Milliseconds, for what tells how long ago it was. */
const timeOf = (field) => (field?.value ? Date.parse(field.value) : undefined);

const linkOf = (record) => (record ? { id: record.Id, name: valueOf(record.Name) } : undefined);

function addressOf(node, kind) {
    const part = (name) => valueOf(node[`${kind}_${name}__c`]);
    return {
        name: [part('First_Name'), part('Last_Name')].filter(Boolean).join(' '),
        company: part('Company'),
        street: part('Street'),
        city: part('City'),
        state: part('State'),
        postalCode: part('Postal_Code'),
        country: part('Country'),
        phone: part('Phone')
    };
}

/** The store as people call it; its key where it has no status yet, or the user may see none. */
function storeNameOf({ Woo_Store_Status__c: statuses }, key) {
    const status = statuses?.edges.find(({ node }) => node.Store__c.value === key);
    return status?.node.Name.value ?? key;
}

/** Where both go to the same door; the phone number may be given with one of them only. */
function isSamePlace(billing, shipping) {
    const isSame = (part) => (billing[part] ?? '') === (shipping[part] ?? '');
    const parts = ['name', 'company', 'street', 'city', 'state', 'postalCode', 'country'];
    return parts.every(isSame) && (!shipping.phone || isSame('phone'));
}

/** The address may come from a shop that is not ours: only a web page is linked. */
function webAddress(text) {
    return /^https?:\/\//i.test(text ?? '') ? text : undefined;
}

/** The newest first. A refund whose amount is hidden says nothing. */
function refundsOf(connection, reasonless) {
    const refunds = (connection?.edges ?? []).map(({ node }) => ({
        id: node.Id,
        amount: amountOf(node.Amount__c),
        reason: node.Reason__c && (node.Reason__c.value || reasonless),
        hasReason: Boolean(valueOf(node.Reason__c)),
        at: valueOf(node.Refunded_At__c)
    }));
    return refunds
        .filter(({ amount }) => amount !== undefined)
        .sort((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
}

/** Sum of the fee lines: 0 where there are none, undefined where the user may not see the lines or their amounts. */
function feesOf(groups) {
    if (!groups) return undefined;
    const fee = groups.edges.find(({ node }) => node.aggregate.Type__c.value === 'fee');
    return fee ? amountOf(fee.node.aggregate.Total__c?.sum) : 0;
}

function amountsOf(node, groups) {
    return {
        subtotal: amountOf(node.Subtotal__c),
        discount: amountOf(node.Discount_Total__c),
        shipping: amountOf(node.Shipping_Total__c),
        fees: feesOf(groups),
        tax: amountOf(node.Tax_Total__c),
        total: amountOf(node.Total__c),
        refunded: amountOf(node.Refunded_Total__c)
    };
}

/**
 * An order as the page shows it, from the data of the query.
 * @param {object} uiapi
 * @param {string} reasonless what stands in place of a refund's reason
 * @returns the order, or undefined when there is none that the user may see
 */
export function orderOf(uiapi, reasonless) {
    const node = uiapi.query?.Woo_Order__c?.edges[0]?.node;
    if (!node) return undefined;
    const billing = addressOf(node, 'Billing');
    const shipping = addressOf(node, 'Shipping');
    return {
        id: node.Id,
        number: valueOf(node.Name),
        status: valueOf(node.Status__c),
        statusLabel: node.Status__c?.displayValue ?? valueOf(node.Status__c),
        store: storeNameOf(uiapi.query, valueOf(node.Store__c)),
        currency: valueOf(node.Currency_Code__c),
        amounts: amountsOf(node, uiapi.aggregate?.Woo_Order_Item__c),
        createdAt: valueOf(node.Created_In_Woo__c),
        paidAt: valueOf(node.Paid_In_Woo__c),
        showsPaid: node.Paid_In_Woo__c !== undefined,
        completedAt: valueOf(node.Completed_In_Woo__c),
        changedInShopAt: timeOf(node.Modified_In_Woo__c),
        changedHereAt: timeOf(node.LastModifiedDate),
        paymentMethod: valueOf(node.Payment_Method__c),
        note: valueOf(node.Customer_Note__c),
        isDeleted: valueOf(node.Deleted_In_Woo__c) === true,
        adminUrl: webAddress(valueOf(node.Admin_URL__c)),
        contact: linkOf(node.Contact__r),
        // Empty is something else than hidden: only then nobody is linked.
        lacksContact: node.Contact__c?.value === null,
        account: linkOf(node.Account__r),
        email: valueOf(node.Billing_Email__c),
        billing,
        shipping,
        isSameAddress: isSamePlace(billing, shipping),
        refunds: refundsOf(node.Refunds__r, reasonless),
        hasMoreRefunds: node.Refunds__r?.pageInfo.hasNextPage === true
    };
}
