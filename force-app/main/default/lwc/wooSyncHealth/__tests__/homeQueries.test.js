import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, valueFromASTUntyped, visit } from 'graphql';
import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import { commandsQuery } from '../query';

/** Where metadata is, from the top of the project, in which jest runs. */
const source = join(process.cwd(), 'force-app', 'main', 'default');
const page = readFileSync(join(source, 'flexipages', 'Woo_Home.flexipage-meta.xml'), 'utf8');
const components = [...page.matchAll(/<componentName>(woo\w+)</g)].map(([, name]) => name);

/**
 * What Salesforce indexes of every object by itself: "Indexes" in its guide for large data volumes, where external ids and
 * unique fields stand too.
 */
const STANDARD = ['Id', 'Name', 'OwnerId', 'RecordTypeId', 'CreatedDate', 'SystemModstamp'];
const MORE = { Contact: ['Email', 'AccountId'], Lead: ['Email'] };

function customIndexes(object) {
    const folder = join(source, 'objects', object, 'fields');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files
        .filter((file) =>
            /<(externalId|unique)>true|<type>(Lookup|MasterDetail)</.test(readFileSync(join(folder, file)))
        )
        .map((file) => file.replace('.field-meta.xml', ''));
}
const isIndexed = (object, field) => [...STANDARD, ...(MORE[object] ?? []), ...customIndexes(object)].includes(field);

const lookupTo = (object, relationship) => {
    const file = join(source, 'objects', object, 'fields', `${relationship.replace(/__r$/, '__c')}.field-meta.xml`);
    return existsSync(file) ? /<referenceTo>(\w+)</.exec(readFileSync(file, 'utf8'))[1] : undefined;
};

/** Comparisons that an index can answer: none of what is not, nothing with null, no text with any beginning. */
function isUseful(conditions) {
    return Object.entries(conditions).some(([operator, value]) => {
        if (value === null || value === undefined) return false;
        if (operator === 'like') return !/^[%_]/.test(value);
        return ['eq', 'in', 'gt', 'gte', 'lt', 'lte'].includes(operator);
    });
}

/** Whether a filter has an index to go by: one of what must all hold, each of what may hold. */
function isSelective(object, where) {
    return Object.entries(where ?? {}).some(([name, value]) => {
        if (name === 'and') return value.some((one) => isSelective(object, one));
        if (name === 'or') return value.every((one) => isSelective(object, one));
        if (name.endsWith('__r')) return isSelective(lookupTo(object, name), value);
        return isIndexed(object, name) && isUseful(value);
    });
}

/** The objects of a request whose filter has no index. */
function unindexed({ query, variables }) {
    const found = [];
    const name = ({ alias, name: own }) => `${alias ? `${alias.value}: ` : ''}${own.value}`;
    visit(parse(query), {
        Field(node, key, parent, path, ancestors) {
            const above = [ancestors.at(-5), ancestors.at(-2)].map((one) => one?.name?.value).join('.');
            if (!['uiapi.query', 'uiapi.aggregate'].includes(above)) return;
            const where = (node.arguments ?? []).find((one) => one.name.value === 'where');
            const value = where && valueFromASTUntyped(where.value, variables);
            if (!isSelective(node.name.value, value)) found.push(name(node));
        }
    });
    return found;
}

const settled = () => jest.advanceTimersByTimeAsync(0);

/** All requests that are asked at the moment. */
function asked() {
    const configs = [];
    graphql.emit({}, (config) => {
        if (config.query) configs.push({ query: config.query, variables: config.variables ?? {} });
        return false;
    });
    return configs;
}

const tagOf = (name) => `c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

async function shown(name) {
    const { default: is } = jest.requireActual(`c/${name}`);
    const element = createElement(tagOf(name), { is });
    document.body.appendChild(element);
    await settled();
    return element.shadowRoot;
}

describe('the queries of the home page', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => {
        document.body.replaceChildren();
        jest.useRealTimers();
    });

    it.each(components)('of %s have each a filter on an indexed field', async (name) => {
        await shown(name);
        expect(asked().length).toBeGreaterThan(0);
        expect(asked().flatMap(unindexed)).toEqual([]);
    });

    it.each(['1001', 'ada@example.com'])('for %s have one too', async (text) => {
        const root = await shown('wooSalesDesk');
        const before = asked().length;
        root.querySelector('.search').dispatchEvent(new CustomEvent('change', { detail: { value: text } }));
        root.querySelector('.find').click();
        await settled();
        expect(asked()).toHaveLength(before + 1);
        expect(asked().flatMap(unindexed)).toEqual([]);
    });

    it('that follow a command have one too', () => {
        expect(unindexed({ query: commandsQuery(1), variables: {} })).toEqual([]);
    });

    it('would be found without', () => {
        const of = (where) => unindexed({ query: `{ uiapi { query { Woo_Order__c(where: ${where}) { edges } } } }` });
        const bad = ['{ Status__c: { eq: "x" } }', '{ Woo_Key__c: { ne: null } }', '{ Woo_Key__c: { like: "%1" } }'];
        const either = '{ or: [{ Name: { eq: "1" } }, { Total__c: { gt: 1 } }] }';
        for (const where of [...bad, either, '{}']) expect(of(where)).toEqual(['Woo_Order__c']);
        expect(of('{ and: [{ Total__c: { gt: 1 } }, { Contact__r: { Email: { eq: "x" } } }] }')).toEqual([]);
        expect(unindexed({ query: '{ uiapi { aggregate { d0: Woo_Order__c { edges } } } }' })).toEqual([
            'd0: Woo_Order__c'
        ]);
    });
});
