import {
    attributeOf,
    Choices,
    Findings,
    fits,
    formatTable,
    logicKind,
    logicOf,
    lookupFits,
    missingFields,
    parseTable,
    severalOf,
    suggestField,
    suggestRows,
    valueKind,
    withMissing
} from 'c/wooMappingFit';

const field = (name, type = 'string', more = {}) => ({
    name,
    label: name.replace(/__c$/, '').replace(/_/g, ' '),
    type,
    createable: true,
    updateable: true,
    ...more
});
const names = ({ options }) => options.map(({ value }) => value);

describe('Choices', () => {
    const choices = new Choices([
        { value: 'billing.first_name', detail: 'Ada' },
        { value: 'first_name' },
        { value: 'stock_quantity', also: ['_stock'] },
        { value: 'Name__c', label: 'اسم العميل' },
        { value: 'meta_data.🎁 gift', detail: 'ラッピング' }
    ]);

    it('finds whole names first, then beginnings, then parts; words in any order', () => {
        expect(names(choices.search('first name'))).toEqual(['first_name', 'billing.first_name']);
        expect(names(choices.search('NAME billing'))).toEqual(['billing.first_name']);
        expect(names(choices.search('_stock'))).toEqual(['stock_quantity']);
    });

    it('finds Arabic, Japanese, full-width letters and emoji', () => {
        expect(names(choices.search('العميل'))).toEqual(['Name__c']);
        expect(names(choices.search('ﾗｯﾋﾟﾝｸﾞ'))).toEqual(['meta_data.🎁 gift']);
        expect(names(choices.search('🎁'))).toEqual(['meta_data.🎁 gift']);
        expect(names(choices.search('ＦＩＲＳＴ'))).toEqual(['first_name', 'billing.first_name']);
    });

    it('finds last what is hardly meant, such as a field that nobody may write', () => {
        const fields = new Choices([
            { value: 'IsDeleted', label: 'Deleted', isOdd: true },
            { value: 'Deleted_In_Woo__c', label: 'Deleted in Woo' }
        ]);
        expect(names(fields.search('deleted'))).toEqual(['Deleted_In_Woo__c', 'IsDeleted']);
    });

    it('names what is chosen', () => {
        expect(choices.labelOf('Name__c')).toBe('اسم العميل');
        expect(choices.labelOf('gone__c')).toBe('gone__c');
        expect(choices.labelOf(null)).toBe('');
    });
});

describe('suggestField', () => {
    const fields = [
        field('Name'),
        field('Status__c', 'picklist'),
        field('Total__c', 'currency'),
        field('Paid_In_Woo__c', 'datetime'),
        field('StockKeepingUnit', 'string', { label: 'Product SKU' }),
        field('Stock__c', 'double'),
        field('Regular_Price__c', 'currency'),
        field('Billing_City__c'),
        field('VAT_Number__c'),
        field('Payment_Method__c'),
        field('Contact__c', 'reference', { referenceTo: ['Contact'] }),
        field('Read_Only_Sku__c', 'string', { createable: false, updateable: false })
    ];
    const objectsOf = { customer: ['Contact'] };
    const goesTo = (attribute) => suggestField(attributeOf(attribute), fields, [], objectsOf)?.name;

    it.each([
        [{ name: 'number', example: '1042' }, 'Name'],
        [{ name: 'status', example: 'completed' }, 'Status__c'],
        [{ name: 'total', example: '12.00' }, 'Total__c'],
        [{ name: 'date_paid_gmt', example: null }, 'Paid_In_Woo__c'],
        [{ name: 'sku', example: 'bean-bag' }, 'StockKeepingUnit'],
        [{ name: 'stock_quantity', example: 16 }, 'Stock__c'],
        [{ name: 'regular_price', example: '49.00' }, 'Regular_Price__c'],
        [{ name: 'billing.city', example: 'Kyoto' }, 'Billing_City__c'],
        [{ name: 'meta_data.vat_number', example: 'DE1' }, 'VAT_Number__c'],
        [{ name: 'customer', refersTo: 'customer' }, 'Contact__c'],
        [{ name: 'payment_method_title', example: 'Card' }, 'Payment_Method__c'],
        [{ name: 'cart_hash', example: 'f00' }, undefined],
        [{ name: 'categories', example: [] }, undefined]
    ])('sends %j to %s', (attribute, name) => expect(goesTo(attribute)).toBe(name));

    it('never takes what does not fit, is taken, or may not be written', () => {
        expect(suggestField(attributeOf({ name: 'total', example: 'a', kind: 'list' }), fields)).toBeUndefined();
        expect(suggestField(attributeOf({ name: 'status' }), fields, ['status__c'])).toBeUndefined();
        expect(suggestField(attributeOf({ name: 'read_only_sku' }), fields)?.name).not.toBe('Read_Only_Sku__c');
        expect(suggestField(attributeOf({ name: 'customer' }), fields, [], objectsOf)).toBeUndefined();
    });

    it('gives each of several its own field', () => {
        const rows = suggestRows(
            [{ name: 'number' }, { name: 'name' }, { name: 'customer', refersTo: 'customer' }].map(attributeOf),
            fields,
            [],
            objectsOf
        );
        expect(rows).toEqual([
            { attribute: 'number', field: 'Name', kind: 'attribute' },
            { attribute: 'name', field: null, kind: 'attribute' },
            { attribute: 'customer', field: 'Contact__c', kind: 'lookup' }
        ]);
    });
});

it('knows what suits a field, and a lookup only to what a mapping makes', () => {
    expect(fits({ kind: 'number' }, { type: 'currency' })).toBe(true);
    expect(fits({ kind: 'text' }, { type: 'currency' })).toBe(false);
    expect(fits({ kind: 'list' }, { type: 'multipicklist' })).toBe(true);
    expect(fits({ kind: 'object' }, { type: 'string' })).toBe(false);
    const contact = { referenceTo: ['Contact'] };
    expect(lookupFits({ refersTo: 'customer' }, contact, { customer: ['Account'] })).toBe(false);
    expect(lookupFits({ refersTo: 'customer' }, contact, { customer: ['Account', 'Contact'] })).toBe(true);
});

it('offers the values of a picklist, and asks for dates and yes or no as such', () => {
    expect(valueKind({ type: 'picklist', values: ['Open'], restricted: true })).toEqual({
        input: 'pick',
        values: [{ value: 'Open' }],
        isOpen: false
    });
    expect(valueKind({ type: 'boolean' }).input).toBe('yes_no');
    expect(valueKind({ type: 'date' }).input).toBe('date');
    expect(valueKind(undefined).input).toBe('text');
});

describe('a value table', () => {
    it('reads and writes pairs, equals signs and half ones included', () => {
        const text = 'a=b = c\n\nprocessing=In progress\ndraft';
        const pairs = parseTable(text);
        expect(pairs).toEqual([
            { shop: 'a=b', salesforce: 'c' },
            { shop: 'processing', salesforce: 'In progress' },
            { shop: 'draft', salesforce: '' }
        ]);
        expect(parseTable(formatTable(pairs))).toEqual(pairs);
        expect(formatTable([{ shop: ' ', salesforce: '' }])).toBeNull();
    });

    it('adds the values of the shop that are missing', () => {
        const pairs = [{ shop: 'Completed', salesforce: 'Done' }];
        expect(withMissing(pairs, [{ value: 'completed' }, { value: 'pending' }])).toEqual([
            ...pairs,
            { shop: 'pending', salesforce: '' }
        ]);
    });
});

it('tells all, any and own logic apart', () => {
    expect(logicKind(null, [1, 2])).toBe('all');
    expect(logicKind('1 or  2', [2, 1])).toBe('any');
    expect(logicKind('1 AND (2 OR 3)', [1, 2, 3])).toBe('own');
    expect(logicOf('any', [2, 1])).toBe('1 OR 2');
    expect(logicOf('own', [1, 2])).toBe('1 AND 2');
    expect(logicOf('all', [1])).toBeNull();
    expect(severalOf('a; b,c ;')).toEqual(['a', 'b', 'c']);
});

it('names the required fields that no row fills', () => {
    const fields = [
        field('Id', 'id', { required: true, createable: false, updateable: false }),
        field('Name', 'string', { required: true }),
        field('Stage__c', 'picklist', { required: true }),
        field('Woo_Key__c', 'string', { required: true }),
        field('Total__c')
    ];
    const mapping = { externalIdField: 'Woo_Key__c', direction: 'to_salesforce' };
    const missing = (rows, more) => missingFields({ mapping: { ...mapping, ...more }, fields: rows }, fields);
    expect(missing([{ field: 'name' }]).map(({ name }) => name)).toEqual(['Stage__c']);
    expect(missing([{ field: 'Name', active: false }])).toHaveLength(2);
    expect(missing([], { direction: 'to_woo' })).toEqual([]);
});

it('finds what is known of a row by its name', () => {
    const answer = {
        records: [
            {
                rows: [
                    { place: 'A', result: 1 },
                    { place: 'B', problem: { message: 'too long' } }
                ],
                conditions: [{ position: 1, met: true }]
            }
        ],
        problems: [
            { place: 'C', message: 'unknown' },
            { place: 'Order', message: 'no key' }
        ]
    };
    const findings = new Findings(answer, [{ record: 'Woo_Field_Mapping.C', message: 'refused' }]);
    expect(findings.row('A').result).toBe(1);
    expect(['A', 'B', 'C', 'D'].map((name) => findings.isWrong(name))).toEqual([false, true, true, false]);
    expect(findings.at('C').map(({ message }) => message)).toEqual(['unknown', 'refused']);
    expect(findings.at('A')).toBe(findings.at('D'));
    expect(findings.elsewhere(['A', 'B', 'C']).map(({ message }) => message)).toEqual(['no key']);
    expect(findings.conditions.get(1).met).toBe(true);
    expect(new Findings().record).toBeNull();
});

it('names rows in findings as the page does, and leaves other words', () => {
    const message = 'Order_Total_4 writes to Num__c, and so does Order_Total.';
    const problems = [{ place: 'Order_Total_4', message, cure: 'Remove Order_Total or Order_Totals.', fatal: true }];
    const called = new Map([
        ['Order_Total', 'total → Number'],
        ['Order_Total_4', 'city → Number']
    ]);
    const [said] = new Findings({ problems }, [], called).at('Order_Total_4');
    expect(said.message).toBe('city → Number writes to Num__c, and so does total → Number.');
    expect(said.cure).toBe('Remove total → Number or Order_Totals.');
});
