import {
    broughtBack,
    changesOf,
    draftsOf,
    duplicateOf,
    newDraft,
    orgOf,
    withCondition,
    withField,
    withName
} from 'c/wooMappingDraft';
import { CONFIGURATION, EMPTY, readOrg } from './project';

const draftOf = (name, read = readOrg(CONFIGURATION)) => draftsOf(read).find(({ mapping }) => mapping.name === name);
const named = (rows) => rows.map(({ name, values }) => [name, values.Active__c]);

/** The org after a save. */
function saved(read, rows) {
    const merge = (list, type) => {
        const changed = rows.filter((row) => row.type === type);
        const names = new Set(changed.map(({ name }) => name));
        return [...list.filter(({ name }) => !names.has(name)), ...changed];
    };
    return {
        ...read,
        mappings: merge(read.mappings, 'Woo_Mapping__mdt'),
        fields: merge(read.fields, 'Woo_Field_Mapping__mdt'),
        conditions: merge(read.conditions, 'Woo_Condition__mdt')
    };
}

describe('drafts', () => {
    it('are the mappings of the org by label, with their rows in order', () => {
        const drafts = draftsOf(readOrg(CONFIGURATION));
        expect(drafts.map(({ mapping }) => mapping.name)).toEqual([
            'Customer_Account',
            'Customer_Contact',
            'Order_Item',
            'Order',
            'Product',
            'Refund'
        ]);
        const { mapping, fields, conditions, off, isActive, isRemoved, read } = draftOf('Order');
        expect(mapping).toMatchObject({ resource: 'order', object: 'Woo_Order__c', sweepMinutes: 15, store: null });
        expect(fields).toContainEqual(
            expect.objectContaining({ name: 'Order_Total', attribute: 'total', field: 'Total__c', active: true })
        );
        expect(conditions).toEqual([expect.objectContaining({ attribute: 'status', value: 'completed', position: 1 })]);
        expect([off, isActive, isRemoved]).toEqual([{ fields: [], conditions: [] }, true, false]);
        expect(read).toHaveLength(fields.length + 2);
    });

    it('name their store by its key, and save it by its name', () => {
        const read = readOrg(CONFIGURATION);
        const draft = draftOf('Order', read);
        const rows = changesOf(draft, { ...draft, mapping: { ...draft.mapping, store: 'main' } });
        expect(rows).toHaveLength(1);
        expect(rows[0].values.Store__c).toBe('Main_Store');
        expect(draftOf('Order', saved(read, rows)).mapping.store).toBe('main');
    });
});

describe('what is saved', () => {
    it('is nothing while nothing changes', () => {
        for (const draft of draftsOf(readOrg(CONFIGURATION))) expect(changesOf(draft, draft)).toEqual([]);
    });

    it('is each changed record whole', () => {
        const draft = draftOf('Order');
        const more = { attribute: 'meta_data.total', writeWhen: 'on_create' };
        const fields = draft.fields.map((row) => ({ ...row, ...(row.name === 'Order_Total' && more) }));
        const [row, ...others] = changesOf(draft, { ...draft, fields });
        expect(others).toEqual([]);
        expect(row).toEqual({
            type: 'Woo_Field_Mapping__mdt',
            name: 'Order_Total',
            label: 'Order Total',
            values: {
                ...draft.read.find(({ name }) => name === 'Order_Total').values,
                Woo_Attribute__c: null,
                Woo_Path__c: 'meta_data.total',
                Write_When__c: 'on_create'
            }
        });
    });

    it('repeats the object in every field mapping', () => {
        const draft = draftOf('Refund');
        const rows = changesOf(draft, { ...draft, mapping: { ...draft.mapping, object: 'Account' } });
        expect(rows).toHaveLength(1 + draft.fields.length);
        expect(new Set(rows.map(({ values }) => values.Salesforce_Object__c))).toEqual(new Set(['Account']));
    });

    it('switches off what was removed, and uses it again for the next new row', () => {
        const read = readOrg(CONFIGURATION);
        const before = draftOf('Refund', read);
        const without = { ...before, fields: before.fields.filter(({ field }) => field !== 'Reason__c') };
        const off = changesOf(before, without);
        expect(named(off)).toEqual([['Refund_Reason', false]]);

        const after = draftOf('Refund', saved(read, off));
        expect(after.off.fields.map(({ name }) => name)).toEqual(['Refund_Reason']);
        const again = changesOf(after, withField(after, { field: 'Note__c', attribute: 'reason' }));
        expect(named(again)).toEqual([['Refund_Reason', true]]);
        expect(again[0].values).toMatchObject({ Salesforce_Field__c: 'Note__c', Kind__c: 'attribute' });
        // The next one has no row that is off.
        const two = withField(withField(after, { field: 'Note__c' }), { field: 'More__c' });
        expect(named(changesOf(after, two))).toEqual([
            ['Refund_Reason', true],
            ['Refund_More', true]
        ]);
    });

    it('uses the row of the same field before any other', () => {
        const before = draftOf('Refund');
        const without = { ...before, fields: [] };
        const after = withField(without, { field: 'Reason__c', attribute: 'reason' });
        const rows = changesOf(before, after);
        expect(rows.find(({ values }) => values.Active__c)).toMatchObject({
            name: 'Refund_Reason',
            values: { Salesforce_Field__c: 'Reason__c' }
        });
        expect(rows).toHaveLength(before.fields.length);
    });

    it('names new rows so that the org takes them', () => {
        const before = draftOf('Order');
        const long = withField(before, { field: 'A_Very__Long_Name_That_Goes_On_And_On_X__c' });
        const [{ name, label }] = changesOf(before, long);
        expect(name).toMatch(/^[A-Za-z](?:_?[A-Za-z0-9])*$/);
        expect(name.length).toBeLessThanOrEqual(40);
        expect(label.length).toBeLessThanOrEqual(40);
        // Order_Item has a row of this name, and names are the type's, not the mapping's.
        const [taken] = changesOf(before, withField(before, { field: 'Item_Name__c' }));
        expect(taken.name).toBe('Order_Item_Name_2');
        const [condition] = changesOf(before, withCondition(before, { attribute: 'total', operator: 'is_empty' }));
        expect(condition).toMatchObject({ name: 'Order_2', values: { Position__c: 2, Mapping__c: 'Order' } });
    });

    it('removes a mapping by all its rows, and brings it back whole', () => {
        const read = readOrg(CONFIGURATION);
        const before = draftOf('Refund', read);
        const rows = changesOf(before, null);
        expect(rows).toHaveLength(before.read.length);
        expect(rows.every(({ values }) => values.Active__c === false)).toBe(true);
        const gone = draftOf('Refund', saved(read, rows));
        expect(gone).toMatchObject({ isRemoved: true, isActive: false });
        const back = changesOf(gone, broughtBack(gone));
        expect(back.map(({ values }) => values.Active__c)).toEqual(before.read.map(() => true));
    });

    it('is all of a new mapping, under names of its own', () => {
        const read = readOrg(CONFIGURATION);
        const draft = newDraft('Refund', orgOf(read));
        expect(draft.mapping).toMatchObject({ name: 'Refund_2', label: 'Refunds' });
        const rows = changesOf(null, draft);
        expect(rows).toHaveLength(5);
        expect(rows.map(({ name }) => name)).toContain('Refund_2_Reason');
        expect(rows.slice(1).every(({ values }) => values.Mapping__c === 'Refund_2')).toBe(true);
        const japanese = withName(newDraft('Refund', orgOf(EMPTY)), '日本語', '日本語');
        expect(japanese.mapping).toMatchObject({ name: 'refund_Woo_Refund', label: '日本語' });
        const other = withName(newDraft('Refund', orgOf(EMPTY)), 'Money back!', 'Money back');
        expect(changesOf(null, other).map(({ name }) => name)).toContain('Money_back_Reason');
    });

    it('leaves a copy off, with all its rows', () => {
        const before = draftOf('Customer_Contact');
        const copy = duplicateOf(before);
        expect(copy.mapping).toMatchObject({ name: 'Customer_Contact_2', active: false, object: 'Contact' });
        expect(copy.mapping.label).toMatch(/ 2$/);
        expect(copy.fields).toHaveLength(before.fields.length);
        const names = changesOf(null, copy).map(({ name }) => name);
        expect(names.every((name) => name.startsWith('Customer_Contact_2'))).toBe(true);
    });
});
