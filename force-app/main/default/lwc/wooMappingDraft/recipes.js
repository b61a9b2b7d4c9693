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
        key: 'User_Lead',
        group: 'leads',
        recipe: 'site-leads',
        mapping: {
            name: 'User_Lead',
            label: 'Subscribers of the site as Leads',
            resource: 'content',
            contentType: 'user',
            object: 'Lead',
            externalIdField: 'Woo_Key__c',
            matchFields: 'Email',
            whenUnmet: 'stop',
            conflictRule: 'ask',
            keepShopImages: false
        },
        fields: [
            [
                'Company',
                'name',
                { isPath: true, defaultValue: 'Private', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            ['Email', 'email', { isPath: true, transform: 'lower_case' }],
            ['FirstName', 'first_name', { isPath: true, overflow: 'truncate', writeWhen: 'unless_edited' }],
            ['LastName', 'last_name', { isPath: true, transform: 'name_fallback', writeWhen: 'unless_edited' }],
            ['LeadSource', null, { kind: 'static', staticValue: 'Web', writeWhen: 'on_create' }]
        ],
        conditions: [['roles.0', 'equals', 'subscriber']]
    },
    {
        key: 'Form_Lead',
        group: 'leads',
        recipe: 'site-leads',
        mapping: {
            name: 'Form_Lead',
            label: 'Entries of forms as Leads',
            resource: 'content',
            contentType: 'form_entry',
            object: 'Lead',
            externalIdField: 'Woo_Key__c',
            matchFields: 'Email',
            whenUnmet: 'stop',
            conflictRule: 'ask',
            keepShopImages: false
        },
        fields: [
            [
                'Company',
                'meta.company',
                { isPath: true, defaultValue: 'Private', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            ['Description', 'meta.message', { isPath: true, overflow: 'truncate', writeWhen: 'on_create' }],
            ['Email', 'meta.email', { isPath: true, transform: 'lower_case' }],
            [
                'LastName',
                'meta.name',
                { isPath: true, defaultValue: 'Unknown', overflow: 'truncate', writeWhen: 'unless_edited' }
            ],
            ['LeadSource', null, { kind: 'static', staticValue: 'Web', writeWhen: 'on_create' }]
        ],
        conditions: [
            ['status', 'in', 'publish;private'],
            ['meta.email', 'is_not_empty', null]
        ]
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
    },
    {
        key: 'Content',
        group: 'content',
        recipe: 'content',
        mapping: {
            name: 'Content',
            label: 'Posts, or Another Content Type',
            resource: 'content',
            contentType: 'post',
            object: 'Woo_Content__c',
            externalIdField: 'Woo_Key__c',
            whenUnmet: 'delete',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Author__c', 'author', { kind: 'lookup' }],
            ['Excerpt__c', 'excerpt.rendered', { transform: 'plain_text', overflow: 'truncate' }],
            ['Link__c', 'link'],
            ['Modified_In_Woo__c', 'modified_gmt'],
            ['Name', 'title.rendered', { transform: 'plain_text', overflow: 'truncate', defaultValue: 'Untitled' }],
            ['Published_In_Woo__c', 'date_gmt'],
            ['Slug__c', 'slug', { overflow: 'truncate' }],
            ['Status__c', 'status'],
            ['Type__c', 'content_type']
        ],
        conditions: []
    },
    {
        key: 'Coupon',
        group: 'shopLists',
        recipe: 'shop-lists',
        mapping: {
            name: 'Coupon',
            label: 'Coupons',
            resource: 'coupon',
            object: 'Woo_Coupon__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Amount__c', 'amount'],
            ['Description__c', 'description', { overflow: 'truncate' }],
            ['Discount_Type__c', 'discount_type'],
            ['Expires_In_Woo__c', 'date_expires_gmt'],
            ['Free_Shipping__c', 'free_shipping'],
            ['Minimum_Amount__c', 'minimum_amount'],
            ['Name', 'code', { overflow: 'truncate' }],
            ['Usage_Count__c', 'usage_count'],
            ['Usage_Limit__c', 'usage_limit']
        ],
        conditions: []
    },
    {
        key: 'Product_Category',
        group: 'shopLists',
        recipe: 'shop-lists',
        mapping: {
            name: 'Product_Category',
            label: 'Categories of Products',
            resource: 'product_category',
            object: 'Woo_Term__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Description__c', 'description', { transform: 'plain_text', overflow: 'truncate' }],
            ['Name', 'name', { overflow: 'truncate' }],
            ['Parent__c', 'parent', { kind: 'lookup' }],
            ['Products__c', 'count'],
            ['Slug__c', 'slug', { overflow: 'truncate' }],
            ['Type__c', null, { kind: 'static', staticValue: 'category' }]
        ],
        conditions: []
    },
    {
        key: 'Product_Tag',
        group: 'shopLists',
        recipe: 'shop-lists',
        mapping: {
            name: 'Product_Tag',
            label: 'Tags of Products',
            resource: 'product_tag',
            object: 'Woo_Term__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Description__c', 'description', { transform: 'plain_text', overflow: 'truncate' }],
            ['Name', 'name', { overflow: 'truncate' }],
            ['Products__c', 'count'],
            ['Slug__c', 'slug', { overflow: 'truncate' }],
            ['Type__c', null, { kind: 'static', staticValue: 'tag' }]
        ],
        conditions: []
    },
    {
        key: 'Product_Attribute',
        group: 'shopLists',
        recipe: 'shop-lists',
        mapping: {
            name: 'Product_Attribute',
            label: 'Attributes of Products',
            resource: 'product_attribute',
            object: 'Woo_Term__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Name', 'name', { overflow: 'truncate' }],
            ['Slug__c', 'slug', { overflow: 'truncate' }],
            ['Type__c', null, { kind: 'static', staticValue: 'attribute' }]
        ],
        conditions: []
    },
    {
        key: 'Tax_Class',
        group: 'shopLists',
        recipe: 'shop-lists',
        mapping: {
            name: 'Tax_Class',
            label: 'Tax Classes',
            resource: 'tax_class',
            object: 'Woo_Term__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Name', 'name', { overflow: 'truncate' }],
            ['Slug__c', 'slug', { overflow: 'truncate' }],
            ['Type__c', null, { kind: 'static', staticValue: 'tax class' }]
        ],
        conditions: []
    },
    {
        key: 'Product_Review',
        group: 'shopLists',
        recipe: 'shop-lists',
        mapping: {
            name: 'Product_Review',
            label: 'Reviews of Products',
            resource: 'product_review',
            object: 'Woo_Review__c',
            externalIdField: 'Woo_Key__c',
            deleteRule: 'delete',
            keepShopImages: false
        },
        fields: [
            ['Name', 'reviewer', { overflow: 'truncate', defaultValue: 'Anonymous' }],
            ['Product__c', 'product_id', { kind: 'lookup' }],
            ['Rating__c', 'rating'],
            ['Review__c', 'review', { transform: 'plain_text', overflow: 'truncate' }],
            ['Reviewed_In_Woo__c', 'date_created_gmt'],
            ['Verified__c', 'verified']
        ],
        conditions: []
    }
];
