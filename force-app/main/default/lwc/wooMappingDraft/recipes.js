/*
 * What a mapping can start with beside the project's own: the recipes, in the form of the templates. `recipe` is the
 * folder with the fields and rights that it needs. A test holds them to the files.
 */
export const RECIPES = [
    {
        key: 'Customer_Lead',
        group: 'leads',
        recipe: 'leads',
        mapping: {
            name: 'Customer_Lead',
            label: 'Registered, not bought yet, as Leads',
            resource: 'customer',
            object: 'Lead',
            externalIdField: 'Woo_Key__c',
            matchFields: 'Email',
            whenUnmet: 'stop',
            conflictRule: 'ask',
            keepShopImages: false
        },
        fields: [
            [
                'City',
                'billing.city',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'Company',
                'display_name',
                { isPath: true, defaultValue: 'Private', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'Country',
                'billing.country',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            ['Email', 'email', { isPath: true, transform: 'lower_case' }],
            ['FirstName', 'first_name', { isPath: true, overflow: 'truncate', writeWhen: 'unless_edited' }],
            ['LastName', 'last_name', { isPath: true, transform: 'name_fallback', writeWhen: 'unless_edited' }],
            ['LeadSource', null, { kind: 'static', staticValue: 'Web', writeWhen: 'on_create' }],
            ['Phone', 'billing.phone', { isPath: true, overflow: 'truncate', writeWhen: 'unless_edited' }],
            [
                'PostalCode',
                'billing.postcode',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'State',
                'billing.state',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'Street',
                'billing',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ]
        ],
        conditions: [['is_paying_customer', 'equals', 'false']]
    },
    {
        key: 'Order_Opportunity',
        group: 'opportunities',
        recipe: 'opportunities',
        mapping: {
            name: 'Order_Opportunity',
            label: 'Orders as Opportunities',
            resource: 'order',
            object: 'Opportunity',
            externalIdField: 'Woo_Key__c'
        },
        fields: [
            ['AccountId', 'customer', { kind: 'lookup' }],
            ['Amount', 'total'],
            ['CloseDate', 'date_created', { isPath: true }],
            ['Name', 'number'],
            [
                'StageName',
                'status',
                {
                    kind: 'translation',
                    valueTable:
                        'pending = Proposal/Price Quote\non-hold = Negotiation/Review\nprocessing = Closed Won\ncompleted = Closed Won\nrefunded = Closed Lost\ncancelled = Closed Lost\nfailed = Closed Lost'
                }
            ]
        ],
        conditions: [['status', 'not_equals', 'checkout-draft', { label: 'Placed orders' }]]
    },
    {
        key: 'Standard_Order',
        group: 'standardOrders',
        recipe: 'standard-orders',
        mapping: {
            name: 'Standard_Order',
            label: 'Orders as Orders',
            resource: 'order',
            object: 'Order',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['AccountId', 'customer', { isPath: true, kind: 'lookup' }],
            ['BillingCity', 'billing.city', { isPath: true, transform: 'address', overflow: 'truncate' }],
            ['BillingCountry', 'billing.country', { isPath: true, transform: 'address', overflow: 'truncate' }],
            ['BillingPostalCode', 'billing.postcode', { isPath: true, transform: 'address', overflow: 'truncate' }],
            ['BillingState', 'billing.state', { isPath: true, transform: 'address', overflow: 'truncate' }],
            ['BillingStreet', 'billing', { isPath: true, transform: 'address', overflow: 'truncate' }],
            ['Description', 'customer_note', { isPath: true, overflow: 'truncate' }],
            ['EffectiveDate', 'date_created', { isPath: true }],
            ['Name', 'number', { isPath: true }],
            ['Pricebook2Id', null, { kind: 'static', staticValue: '01s000000000000AAA', writeWhen: 'on_create' }],
            ['Status', null, { kind: 'static', staticValue: 'Draft', writeWhen: 'on_create' }]
        ],
        conditions: [
            ['status', 'equals', 'completed'],
            ['customer', 'is_not_empty', null]
        ]
    },
    {
        key: 'Standard_Order_Item',
        group: 'standardOrders',
        recipe: 'standard-orders',
        mapping: {
            name: 'Standard_Order_Item',
            label: 'Order Lines as Order Products',
            resource: 'order_item',
            object: 'OrderItem',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Description', 'name', { isPath: true, overflow: 'truncate' }],
            ['OrderId', 'order_id', { isPath: true, kind: 'lookup', writeWhen: 'on_create' }],
            ['PricebookEntryId', 'product', { isPath: true, kind: 'lookup', writeWhen: 'on_create' }],
            ['Quantity', 'quantity', { isPath: true }],
            ['UnitPrice', 'price', { isPath: true }]
        ],
        conditions: [
            ['type', 'equals', 'product'],
            ['product', 'is_not_empty', null],
            ['quantity', 'greater_than', '0']
        ]
    },
    {
        key: 'Price_Book_Entry',
        group: 'standardOrders',
        recipe: 'standard-orders',
        mapping: {
            name: 'Price_Book_Entry',
            label: 'Products as Price Book Entries',
            resource: 'product',
            object: 'PricebookEntry',
            externalIdField: 'Woo_Key__c',
            keepShopImages: false
        },
        fields: [
            ['IsActive', null, { kind: 'static', staticValue: 'true' }],
            ['Pricebook2Id', null, { kind: 'static', staticValue: '01s000000000000AAA', writeWhen: 'on_create' }],
            ['Product2Id', 'id', { isPath: true, kind: 'lookup', writeWhen: 'on_create' }],
            ['UnitPrice', 'price', { isPath: true, defaultValue: '0' }]
        ],
        conditions: []
    },
    {
        key: 'Person_Account',
        group: 'personAccounts',
        recipe: 'person-accounts',
        mapping: {
            name: 'Person_Account',
            label: 'Customers as Person Accounts',
            resource: 'customer',
            object: 'Account',
            externalIdField: 'Woo_Key__c',
            matchFields: 'PersonEmail',
            conditionLogic: '1 OR 2',
            conflictRule: 'ask',
            keepShopImages: false
        },
        fields: [
            ['FirstName', 'first_name', { isPath: true, overflow: 'truncate', writeWhen: 'unless_edited' }],
            ['LastName', 'last_name', { isPath: true, transform: 'name_fallback', writeWhen: 'unless_edited' }],
            ['PersonEmail', 'email', { isPath: true, transform: 'lower_case' }],
            [
                'PersonMailingCity',
                'billing.city',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'PersonMailingCountry',
                'billing.country',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'PersonMailingPostalCode',
                'billing.postcode',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'PersonMailingState',
                'billing.state',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            [
                'PersonMailingStreet',
                'billing',
                { isPath: true, transform: 'address', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            ['Phone', 'billing.phone', { isPath: true, overflow: 'truncate', writeWhen: 'unless_edited' }]
        ],
        conditions: [
            ['role', 'equals', 'customer'],
            ['guest', 'equals', 'true']
        ]
    }
];
