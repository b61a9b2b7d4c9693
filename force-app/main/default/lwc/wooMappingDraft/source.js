import { rowsOf } from './rows';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escaped = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const METADATA = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const SCHEMA = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';
/** Of the Metadata API, as the project has it. */
const VERSION = '66.0';

function valueTag(value) {
    if (value === null) return '<value xsi:nil="true"/>';
    if (typeof value === 'boolean') return `<value xsi:type="xsd:boolean">${value}</value>`;
    if (typeof value === 'number') {
        return `<value xsi:type="xsd:double">${Number.isInteger(value) ? value.toFixed(1) : value}</value>`;
    }
    return `<value xsi:type="xsd:string">${escaped(value)}</value>`;
}

const fullName = ({ type, name }) => `${type.replace(/__mdt$/, '')}.${name}`;

function textOf({ label, values }) {
    const tags = Object.keys(values)
        .sort()
        .map(
            (field) =>
                `    <values>\n        <field>${field}</field>\n        ${valueTag(values[field])}\n    </values>`
        );
    return `${HEAD}<CustomMetadata ${METADATA} ${SCHEMA}>
    <label>${escaped(label)}</label>
    <protected>false</protected>
${tags.join('\n')}
</CustomMetadata>
`;
}

/**
 * A mapping as files of a project, just as `sf project retrieve start` writes them.
 * @returns {{ path: string, text: string }[]} paths within a package directory of the project
 */
export function sourceFilesOf(draft) {
    return rowsOf(draft).map((row) => ({
        path: `main/default/customMetadata/${fullName(row)}.md-meta.xml`,
        text: textOf(row)
    }));
}

const packageOf = (types) => `${HEAD}<Package ${METADATA}>
${types}    <version>${VERSION}</version>
</Package>
`;

/**
 * How records are removed for good, which a page cannot do: the two files, and what is typed beside them.
 * @param {{ type: string, name: string }[]} rows
 * @returns {{ destructive: string, manifest: string, line: string }}
 */
export function removalOf(rows) {
    const members = rows.map((row) => `        <members>${fullName(row)}</members>\n`).sort();
    return {
        destructive: packageOf(`    <types>\n${members.join('')}        <name>CustomMetadata</name>\n    </types>\n`),
        manifest: packageOf(''),
        line: 'sf project deploy start --manifest package.xml --post-destructive-changes destructiveChanges.xml'
    };
}
