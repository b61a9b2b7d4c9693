/*
 * What a mapping can start with: the mappings that the project deploys. A test holds them to its files. What is left out
 * is as in a new row. A field mapping is `[field, attribute, more]`, a condition `[attribute, operator, value, more]`.
 */
export const PROJECT = [
    {
        key: 'Order',
        group: 'orders',
        recipe: null,
        mapping: {
            name: 'Order',
            label: 'Orders',
            resource: 'order',
            object: 'Woo_Order__c',
            externalIdField: 'Woo_Key__c',
            sweepMinutes: 15,
            deleteRule: 'flag',
            deleteField: 'Deleted_In_Woo__c',
            deleteValue: 'true'
        },
        fields: [
            ['Account__c', 'customer', { kind: 'lookup' }],
            ['Admin_URL__c', 'admin_url'],
            ['Billing_City__c', 'billing.city', { overflow: 'truncate' }],
            ['Billing_Company__c', 'billing.company', { overflow: 'truncate' }],
            ['Billing_Country__c', 'billing.country', { overflow: 'truncate' }],
            ['Billing_Email__c', 'billing.email'],
            ['Billing_First_Name__c', 'billing.first_name', { overflow: 'truncate' }],
            ['Billing_Last_Name__c', 'billing.last_name', { overflow: 'truncate' }],
            ['Billing_Phone__c', 'billing.phone', { overflow: 'truncate' }],
            ['Billing_Postal_Code__c', 'billing.postcode', { overflow: 'truncate' }],
            ['Billing_State__c', 'billing.state', { overflow: 'truncate' }],
            ['Billing_Street__c', 'billing', { transform: 'street', overflow: 'truncate' }],
            ['Completed_In_Woo__c', 'date_completed_gmt', { transform: 'gmt_date' }],
            ['Contact__c', 'customer', { kind: 'lookup' }],
            ['Counts_As_Sale__c', 'is_sale'],
            ['Created_In_Woo__c', 'date_created_gmt', { transform: 'gmt_date' }],
            ['Currency_Code__c', 'currency'],
            ['Customer_Note__c', 'customer_note', { overflow: 'truncate' }],
            ['Deleted_In_Woo__c', null, { kind: 'static', staticValue: 'false' }],
            ['Discount_Total__c', 'discount_total'],
            ['Modified_In_Woo__c', 'date_modified_gmt', { transform: 'gmt_date' }],
            ['Name', 'number'],
            ['Paid_In_Woo__c', 'date_paid_gmt', { transform: 'gmt_date' }],
            ['Payment_Method__c', 'payment_method_title', { overflow: 'truncate' }],
            ['Refunded_Total__c', 'refunded_total'],
            ['Shipping_City__c', 'shipping.city', { overflow: 'truncate' }],
            ['Shipping_Company__c', 'shipping.company', { overflow: 'truncate' }],
            ['Shipping_Country__c', 'shipping.country', { overflow: 'truncate' }],
            ['Shipping_First_Name__c', 'shipping.first_name', { overflow: 'truncate' }],
            ['Shipping_Last_Name__c', 'shipping.last_name', { overflow: 'truncate' }],
            ['Shipping_Phone__c', 'shipping.phone', { overflow: 'truncate' }],
            ['Shipping_Postal_Code__c', 'shipping.postcode', { overflow: 'truncate' }],
            ['Shipping_State__c', 'shipping.state', { overflow: 'truncate' }],
            ['Shipping_Street__c', 'shipping', { transform: 'street', overflow: 'truncate' }],
            ['Shipping_Total__c', 'shipping_total'],
            ['Status__c', 'status'],
            ['Store__c', 'store'],
            ['Subtotal__c', 'subtotal'],
            ['Tax_Total__c', 'total_tax'],
            ['Total__c', 'total']
        ],
        conditions: [['status', 'equals', 'completed', { name: 'Order_Completed', label: 'Only completed orders' }]]
    },
    {
        key: 'Order_Item',
        group: 'orders',
        recipe: null,
        mapping: {
            name: 'Order_Item',
            label: 'Order Items',
            resource: 'order_item',
            object: 'Woo_Order_Item__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete'
        },
        fields: [
            ['Code__c', 'code', { overflow: 'truncate' }],
            ['Item_Name__c', 'name', { overflow: 'truncate' }],
            ['Name', 'name', { overflow: 'truncate' }],
            ['Order__c', 'order_id', { kind: 'lookup' }],
            ['Price__c', 'price'],
            ['Product__c', 'product', { kind: 'lookup' }],
            ['Quantity__c', 'quantity'],
            ['SKU__c', 'sku', { overflow: 'truncate' }],
            ['Subtotal__c', 'subtotal'],
            ['Tax__c', 'total_tax'],
            ['Total__c', 'total'],
            ['Type__c', 'type']
        ],
        conditions: []
    },
    {
        key: 'Refund',
        group: 'orders',
        recipe: null,
        mapping: {
            name: 'Refund',
            label: 'Refunds',
            resource: 'refund',
            object: 'Woo_Refund__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete'
        },
        fields: [
            ['Amount__c', 'amount'],
            ['Order__c', 'order_id', { kind: 'lookup' }],
            ['Reason__c', 'reason', { overflow: 'truncate' }],
            ['Refunded_At__c', 'date_created_gmt', { transform: 'gmt_date' }]
        ],
        conditions: []
    },
    {
        key: 'Customer_Contact',
        group: 'customers',
        recipe: null,
        mapping: {
            name: 'Customer_Contact',
            label: 'Customers as Contacts',
            resource: 'customer',
            object: 'Contact',
            externalIdField: 'Woo_Key__c',
            matchFields: 'Email',
            conditionLogic: '1 OR 2',
            sweepMinutes: 1440,
            conflictRule: 'ask'
        },
        fields: [
            [
                'AccountId',
                'customer',
                { label: 'Customer Contact Account Id', kind: 'lookup', writeWhen: 'when_empty' }
            ],
            ['Email', 'email'],
            [
                'FirstName',
                'first_name',
                { label: 'Customer Contact First Name', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'LastName',
                'last_name',
                {
                    label: 'Customer Contact Last Name',
                    transform: 'name_fallback',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            [
                'MailingCity',
                'billing.city',
                { label: 'Customer Contact Mailing City', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'MailingCountry',
                'billing.country',
                {
                    label: 'Customer Contact Mailing Country',
                    transform: 'address',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            [
                'MailingPostalCode',
                'billing.postcode',
                { label: 'Customer Contact Mailing Postal Code', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'MailingState',
                'billing.state',
                {
                    label: 'Customer Contact Mailing State',
                    transform: 'address',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            [
                'MailingStreet',
                'billing',
                {
                    label: 'Customer Contact Mailing Street',
                    transform: 'street',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            ['Phone', 'billing.phone', { overflow: 'truncate', writeWhen: 'unless_edited' }]
        ],
        conditions: [
            ['guest', 'equals', 'true', { name: 'Customer_Contact_Guest', label: 'Ordered as a guest', position: 2 }],
            [
                'role',
                'equals',
                'customer',
                { name: 'Customer_Contact_Role', label: 'Has an account as a customer, not staff', position: 1 }
            ]
        ]
    },
    {
        key: 'Customer_Account',
        group: 'customers',
        recipe: null,
        mapping: {
            name: 'Customer_Account',
            label: 'Customers as Accounts',
            resource: 'customer',
            object: 'Account',
            externalIdField: 'Woo_Key__c',
            matchFields: 'Contacts.Email=email',
            conditionLogic: '1 OR 2',
            sweepMinutes: 1440,
            conflictRule: 'ask'
        },
        fields: [
            [
                'BillingCity',
                'billing.city',
                { label: 'Customer Account Billing City', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'BillingCountry',
                'billing.country',
                {
                    label: 'Customer Account Billing Country',
                    transform: 'address',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            [
                'BillingPostalCode',
                'billing.postcode',
                { label: 'Customer Account Billing Postal Code', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'BillingState',
                'billing.state',
                {
                    label: 'Customer Account Billing State',
                    transform: 'address',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            [
                'BillingStreet',
                'billing',
                {
                    label: 'Customer Account Billing Street',
                    transform: 'street',
                    overflow: 'truncate',
                    writeWhen: 'unless_edited'
                }
            ],
            ['Name', 'display_name', { overflow: 'truncate', writeWhen: 'unless_edited' }],
            ['Phone', 'billing.phone', { overflow: 'truncate', writeWhen: 'unless_edited' }]
        ],
        conditions: [
            ['guest', 'equals', 'true', { name: 'Customer_Account_Guest', label: 'Ordered as a guest', position: 2 }],
            [
                'role',
                'equals',
                'customer',
                { name: 'Customer_Account_Role', label: 'Has an account as a customer, not staff', position: 1 }
            ]
        ]
    },
    {
        key: 'Product',
        group: 'products',
        recipe: null,
        mapping: {
            name: 'Product',
            label: 'Products and Variations',
            resource: 'product',
            object: 'Product2',
            externalIdField: 'Woo_Key__c',
            matchFields: 'StockKeepingUnit;ProductCode',
            direction: 'both',
            sweepMinutes: 15,
            deleteRule: 'flag',
            deleteField: 'IsActive',
            deleteValue: 'false'
        },
        fields: [
            ['Description', 'post_content', { transform: 'plain_text', overflow: 'truncate' }],
            [
                'Woo_Featured_Image__c',
                'product_featured_image',
                { name: 'Product_Featured_Image', direction: 'to_woo' }
            ],
            [
                'Woo_Gallery_Images__c',
                'product_gallery_images',
                { name: 'Product_Gallery_Images', direction: 'to_woo' }
            ],
            [
                'IsActive',
                null,
                { label: 'Product Is Active', kind: 'static', staticValue: 'true', writeWhen: 'on_create' }
            ],
            ['Name', 'post_title', { direction: 'both' }],
            ['Woo_Parent_Product__c', 'parent', { name: 'Product_Parent_Product', kind: 'lookup' }],
            ['Woo_Permalink__c', 'permalink', { name: 'Product_Permalink' }],
            ['ProductCode', 'sku', { label: 'Product Product Code', overflow: 'truncate' }],
            ['Woo_Regular_Price__c', '_regular_price', { name: 'Product_Regular_Price', direction: 'both' }],
            ['Woo_Sale_Price__c', '_sale_price', { name: 'Product_Sale_Price' }],
            ['Woo_Status__c', 'status', { name: 'Product_Status', direction: 'both' }],
            ['Woo_Stock__c', '_stock', { name: 'Product_Stock' }],
            ['StockKeepingUnit', '_sku', { label: 'Product Stock Keeping Unit', direction: 'both' }],
            ['Woo_Stock_Status__c', 'stock_status', { name: 'Product_Stock_Status' }],
            ['Woo_Type__c', 'type', { name: 'Product_Type' }]
        ],
        conditions: []
    }
];
