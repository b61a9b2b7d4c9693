import { commandDraft, differencesOf, draftsOf, removalOf, sourceFilesOf, withField } from 'c/wooMappingDraft';
import { CONFIGURATION, read, readOrg } from './project';

const drafts = () => draftsOf(readOrg(CONFIGURATION));
const order = () => drafts().find(({ mapping }) => mapping.name === 'Order');

describe('source files', () => {
    it.each(['config/org/main/default', 'config/recipes/standard-orders', 'config/second-store/main/default'])(
        'are those of a retrieve: %s',
        (folder) => {
            const configuration = readOrg(`${folder}/customMetadata`);
            configuration.stores.push({ name: 'Outlet', label: 'Outlet', values: { Key__c: 'outlet' } });
            const files = draftsOf(configuration).flatMap(sourceFilesOf);
            expect(files.length).toBeGreaterThan(10);
            for (const { path, text } of files) {
                expect(text).toBe(read(`${folder}/${path.replace('main/default/', '')}`));
            }
        }
    );

    it('escape what XML does not take', () => {
        const draft = withField(order(), { field: 'Note__c', staticValue: `<a & "b" 'c'>` });
        const text = sourceFilesOf(draft).find(({ path }) => path.includes('Order_Note.'))?.text;
        expect(text).toContain('&lt;a &amp; &quot;b&quot; &apos;c&apos;&gt;');
    });

    it('remove for good what is off', () => {
        const { destructive, manifest, line } = removalOf([
            { type: 'Woo_Mapping__mdt', name: 'Refund' },
            { type: 'Woo_Condition__mdt', name: 'Order_2' }
        ]);
        expect(destructive).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>Woo_Condition.Order_2</members>
        <members>Woo_Mapping.Refund</members>
        <name>CustomMetadata</name>
    </types>
    <version>66.0</version>
</Package>
`);
        expect(manifest).not.toContain('members');
        expect(line).toContain('destructiveChanges.xml');
    });
});

describe('differences', () => {
    it('name what was added, removed and changed', () => {
        const before = order();
        const fields = before.fields
            .filter(({ name }) => name !== 'Order_Status')
            .map((row) => (row.name === 'Order_Total' ? { ...row, attribute: 'subtotal', defaultValue: '' } : row));
        const after = withField(
            { ...before, mapping: { ...before.mapping, sweepMinutes: 5 }, fields },
            { field: 'X__c' }
        );
        expect(
            differencesOf(before, after).map(({ place, change, word, from, to }) => [place, change, word, from, to])
        ).toEqual([
            ['Order', 'changed', 'sweepMinutes', 15, 5],
            ['Order_Status', 'removed', null, 'status → Status__c', null],
            ['Order_Total', 'changed', 'attribute', 'total', 'subtotal'],
            ['Order_X', 'added', null, null, ' → X__c']
        ]);
        expect(differencesOf(before, before)).toEqual([]);
        expect(differencesOf(null, before)).toHaveLength(before.read.length);
    });
});

describe('what the command takes', () => {
    it("has the engine's words alone, the rows that are off too", () => {
        const before = order();
        const [first] = before.fields;
        const draft = { ...before, off: { fields: [{ ...first, name: 'Off', active: false }], conditions: [] } };
        const { mapping, fields } = commandDraft(draft);
        expect(mapping).not.toHaveProperty('active');
        expect(fields.at(-1)).toEqual(expect.objectContaining({ name: 'Off', active: false }));
        expect(fields[0]).not.toHaveProperty('label');
    });
});
