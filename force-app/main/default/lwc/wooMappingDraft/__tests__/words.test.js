import { ATTRIBUTES } from '../attributes';
import { TYPES, WORDS } from '../words';
import { list, read } from './project';

const OBJECTS = 'force-app/main/default/objects';
const COLUMNS = 'sidecar/src/salesforce/custom-metadata.ts';
/** What every field mapping repeats of its mapping, or which is one of two places of the attribute. */
const REPEATED = {
    mapping: [],
    field: ['Mapping__c', 'Salesforce_Object__c', 'Woo_Attribute__c', 'Woo_Path__c'],
    condition: ['Mapping__c']
};
const metadataOf = (type, field) => read(`${OBJECTS}/${type}/fields/${field}.field-meta.xml`);

/** Words and fields of a table of the engine: `name: text('Field__r.X')`. */
function columnsOf(table) {
    const [, body] = new RegExp(`export const ${table}: .*? = {([^]*?)\n};`).exec(read(COLUMNS));
    return [...body.matchAll(/^ {2}(\w+): .*?'(\w+)/gm)].map(([, word, column]) => [
        word,
        column.replace('__r', '__c')
    ]);
}

describe('the words of a draft', () => {
    it.each(Object.keys(TYPES))('are all fields of the records: %s', (kind) => {
        const files = list(`${OBJECTS}/${TYPES[kind]}/fields`).map((file) => file.split('.')[0]);
        const known = [...WORDS[kind].map(([, field]) => field), ...REPEATED[kind]];
        expect(known.sort()).toEqual(files.sort());
    });

    it.each([
        ['mapping', 'MAPPING', ['name', 'label']],
        ['field', 'FIELD', ['name', 'mapping', 'attribute']],
        ['condition', 'CONDITION', ['name', 'mapping']]
    ])("are the engine's: %s", (kind, table, others) => {
        const columns = columnsOf(table).filter(([word]) => !others.includes(word));
        expect(columns.length).toBeGreaterThan(4);
        expect(WORDS[kind].map(([word, field]) => [word, field]).sort()).toEqual(columns.sort());
    });

    it.each(Object.keys(TYPES))('begin as Setup has them: %s', (kind) => {
        const wrong = WORDS[kind].filter(([, field, value]) => {
            const text = metadataOf(TYPES[kind], field);
            const box = /<defaultValue>(true|false)<\/defaultValue>/.exec(text)?.[1];
            const choice = /<fullName>(\w+)<\/fullName>\s*<default>true</.exec(text)?.[1];
            return String(box ?? choice ?? null) !== String(value);
        });
        expect(wrong).toEqual([]);
    });

    it('know the attributes that the list takes', () => {
        const names = [...metadataOf(TYPES.field, 'Woo_Attribute__c').matchAll(/<value>\s*<fullName>(.*?)</g)];
        expect(ATTRIBUTES).toEqual(names.map(([, name]) => name));
    });
});
