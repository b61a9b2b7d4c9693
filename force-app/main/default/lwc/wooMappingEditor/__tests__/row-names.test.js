import { UNKNOWN } from 'c/wooMappingDescribed';
import { rowNames } from '../row-names';

const described = { field: (name) => (name === 'Total__c' ? { label: 'Total' } : undefined) };
const namesOf = (draft, by = described) => [...rowNames({ fields: [], conditions: [], ...draft }, by).values()];

describe('what rows are called', () => {
    it('is where a field comes from and where it goes, by its label where it is known', () => {
        const total = { name: 'A', kind: 'attribute', attribute: 'total', field: 'Total__c' };
        const unknown = { name: 'B', kind: 'attribute', attribute: 'total', field: 'Nope__c' };
        expect(namesOf({ fields: [total, unknown] })).toEqual(['total → Total', 'total → Nope__c']);
        expect(namesOf({ fields: [total] }, UNKNOWN)).toEqual(['total → Total__c']);
    });

    it('is the text of a static value, an empty one too', () => {
        const text = { name: 'A', kind: 'static', staticValue: 'Shop', field: 'Total__c' };
        expect(namesOf({ fields: [text, { ...text, name: 'B', staticValue: null }] })).toEqual([
            '"Shop" → Total',
            '"" → Total'
        ]);
    });

    it('is its label, and then its developer name, as long as it has neither', () => {
        const empty = { name: 'A_1', kind: 'attribute', attribute: null, field: null };
        expect(namesOf({ fields: [{ ...empty, name: 'B', label: 'Mine' }, empty] })).toEqual(['Mine', 'A_1']);
    });

    it('is the number of a condition, by which its logic names it, and its attribute', () => {
        const conditions = [
            { name: 'A', position: 1, attribute: 'status' },
            { name: 'B', position: 2, attribute: null }
        ];
        expect(namesOf({ conditions })).toEqual(['1. status', '2.']);
    });
});
