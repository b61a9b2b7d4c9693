import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** A file of the project, in whose folder the tests run. */
export const read = (path) => readFileSync(path, 'utf8');
export const list = (path) => readdirSync(path);
export const isThere = (path) => existsSync(path);

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text) => text.replace(/&(\w+);/g, (entity, name) => ENTITIES[name]);

function valueOf(attributes, text = '') {
    if (attributes.includes('nil')) return null;
    if (attributes.includes('boolean')) return text === 'true';
    return attributes.includes('double') ? Number(text) : unescaped(text);
}

/** A record of custom metadata as `WooMappings.read` gives it. */
function rowOf(path) {
    const text = read(path);
    const [, type, name] = /([^/.]+)\.([^/.]+)\.md-meta\.xml$/.exec(path);
    const values = [...text.matchAll(/<field>(.*?)<\/field>\s*<value ([^>]*?)(?:\/>|>([^]*?)<\/value>)/g)];
    return {
        type: `${type}__mdt`,
        name,
        label: unescaped(/<label>(.*?)<\/label>/.exec(text)[1]),
        values: Object.fromEntries(values.map(([, field, attributes, value]) => [field, valueOf(attributes, value)]))
    };
}

/** The configuration of a folder as `WooMappings.read` gives that of an org. */
export function readOrg(folder) {
    const rows = list(folder).map((file) => rowOf(`${folder}/${file}`));
    const of = (type) => rows.filter((row) => row.type === type);
    const store = { Key__c: 'main', URL__c: 'https://shop.example.com', Active__c: true };
    return {
        mappings: of('Woo_Mapping__mdt'),
        fields: of('Woo_Field_Mapping__mdt'),
        conditions: of('Woo_Condition__mdt'),
        stores: [{ type: 'Woo_Store__mdt', name: 'Main_Store', label: 'Main store', values: store }],
        mayCustomize: true
    };
}

export const CONFIGURATION = 'config/org/main/default/customMetadata';
/** An org without a mapping. */
export const EMPTY = { mappings: [], fields: [], conditions: [], stores: [] };
