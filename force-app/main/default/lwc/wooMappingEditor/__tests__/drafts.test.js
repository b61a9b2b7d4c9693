import { differencesOf, newDraft, orgOf } from 'c/wooMappingDraft';
import { edited } from '../edits';
import { merged } from '../merged';

const org = orgOf({ mappings: [], fields: [], conditions: [], stores: [] });
const empty = () => newDraft('Empty', org);
const changes = (draft, ...edits) => edits.reduce(edited, draft);

describe('edited', () => {
    it('adds rows with names of their own, changes them by name, and takes them away', () => {
        const rows = [
            { attribute: 'total', field: 'Total__c' },
            { attribute: 'number', field: null }
        ];
        const draft = changes(empty(), { act: 'fields', rows });
        const [total, number] = draft.fields;
        expect(total.name).not.toBe(number.name);
        const edit = { act: 'change', kind: 'fields', name: number.name, changes: { field: 'Name' } };
        const after = changes(draft, edit, { act: 'remove', kind: 'fields', name: total.name });
        expect(after.fields).toMatchObject([{ attribute: 'number', field: 'Name' }]);
        expect(draft.fields).toHaveLength(2);
    });

    it('takes the field of a row without blanks around it', () => {
        const draft = changes(empty(), { act: 'fields', rows: [{ attribute: 'number', field: 'Name ' }] });
        const [{ name, field }] = draft.fields;
        expect(field).toBe('Name');
        const edit = { act: 'change', kind: 'fields', name, changes: { field: ' Total__c' } };
        expect(edited(draft, edit).fields[0].field).toBe('Total__c');
    });

    it('names a new mapping by its label, and leaves the name of a saved one', () => {
        const draft = changes(
            empty(),
            { act: 'fields', rows: [{ field: 'Total__c' }] },
            { act: 'name', label: 'My orders' }
        );
        expect(draft.mapping).toMatchObject({ name: 'My_orders', label: 'My orders' });
        expect(draft.fields[0].name).toBe('My_orders_Total');
        const saved = { ...draft, read: [{ name: 'My_orders' }] };
        expect(edited(saved, { act: 'name', label: '注文' }).mapping).toMatchObject({
            name: 'My_orders',
            label: '注文'
        });
    });

    it('numbers conditions', () => {
        const draft = changes(
            empty(),
            { act: 'condition', values: { attribute: 'status' } },
            { act: 'condition', values: {} }
        );
        expect(draft.conditions.map(({ position }) => position)).toEqual([1, 2]);
        const after = edited(draft, { act: 'mapping', changes: { conditionLogic: '1 OR 2' } });
        expect(after.mapping.conditionLogic).toBe('1 OR 2');
    });
});

describe('merged', () => {
    const row = (name, values) => ({ name, attribute: name, ...values });
    const draft = (direction, fields, more = {}) => ({
        mapping: { name: 'Order', direction, ...more },
        fields,
        conditions: []
    });
    const before = draft('both', [row('A'), row('B'), row('C')], { label: 'Orders' });

    it('puts my changes on top of theirs, word by word', () => {
        const mine = draft('to_woo', [row('A', { transform: 'first' }), row('C'), row('N')], { label: 'Orders' });
        const theirs = draft('both', [row('A', { overflow: 'truncate' }), row('B'), row('T')], { label: 'Theirs' });
        expect(merged(before, mine, theirs)).toMatchObject({
            mapping: { direction: 'to_woo', label: 'Theirs' },
            fields: [row('A', { overflow: 'truncate', transform: 'first' }), row('T'), row('N')]
        });
    });

    it('puts my row on top of theirs where both added one of the same name', () => {
        const mine = draft('both', [...before.fields, row('N', { attribute: 'total', field: 'Name' })]);
        const theirs = draft('both', [...before.fields, row('N', { attribute: 'number', field: 'Name' })]);
        const after = merged(before, mine, theirs);
        expect(after.fields).toEqual(mine.fields);
        expect(differencesOf(theirs, after)).toMatchObject([
            { place: 'N', word: 'attribute', from: 'number', to: 'total' }
        ]);
    });

    it('keeps both conditions where both added one of the same name', () => {
        const conditioned = (name, position, attribute) => ({ name, position, attribute });
        const first = conditioned('Order_1', 1, 'status');
        const of = (conditions, conditionLogic = null) => ({
            ...empty(),
            mapping: { name: 'Order', conditionLogic },
            conditions: [first, ...conditions]
        });
        const mine = of([conditioned('Order_2', 2, 'total'), conditioned('Order_3', 3, 'number')], '1 AND (2 OR 3)');
        const theirs = of([conditioned('Order_2', 2, 'currency')]);
        const after = merged(of([]), mine, theirs);
        expect(after.conditions).toMatchObject([
            first,
            conditioned('Order_2', 2, 'currency'),
            conditioned('Order_3', 3, 'total'),
            conditioned('Order_4', 4, 'number')
        ]);
        expect(after.mapping.conditionLogic).toBe('1 AND (3 OR 4)');
        expect(differencesOf(theirs, after).map(({ place, change }) => [place, change])).toEqual([
            ['Order', 'changed'],
            ['Order_3', 'added'],
            ['Order_4', 'added']
        ]);
    });

    it('keeps both rows where both added one of the same name for different fields', () => {
        const rowOf = (field) => row('Order_New', { field });
        const of = (...fields) => ({ ...empty(), mapping: { name: 'Order' }, fields });
        const after = merged(of(), of(rowOf('Name')), of(rowOf('Total__c')));
        expect(after.fields).toMatchObject([rowOf('Total__c'), { name: 'Order_Name', field: 'Name' }]);
    });

    it('keeps what I changed and they removed', () => {
        const mine = draft('both', [row('A'), row('B', { field: 'X' }), row('C')]);
        expect(merged(before, mine, draft('both', [])).fields).toEqual([row('B', { field: 'X' })]);
    });
});
