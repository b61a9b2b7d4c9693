/* The page with an org and a service that answer as a test says; whoever imports it has it set up before each test. */
import { createElement } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { graphql } from 'lightning/graphql';
import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';
import WooMatches from 'c/wooMatches';

/** What the service answers, by the place that it is asked from; and what it was asked. */
export const mockAnswers = [];
export const mockAsked = [];
jest.mock('c/wooMappingAsk', () => {
    const { LightningElement, registerDecorators } = jest.requireActual('lwc');
    class Ask extends LightningElement {
        matches(asked) {
            mockAsked.push(asked);
            const answer = mockAnswers.shift();
            if (answer instanceof Error) return Promise.reject(answer);
            if (answer) return Promise.resolve(answer);
            return new Promise((_, reject) => {
                asked.signal.addEventListener('abort', () => reject(Object.assign(new Error(), { code: 'DROPPED' })));
            });
        }
    }
    return { __esModule: true, default: registerDecorators(Ask, { publicMethods: ['matches'] }) };
});

const MAPPINGS = [{ name: 'Contact', label: 'Contacts', object: 'Contact', keyField: 'Woo_Key__c' }];
export const suggestion = (id, action, records = [], more = {}) => ({
    key: `main:${id}`,
    mapping: 'Contact',
    action,
    name: `Customer ${id}`,
    sign: `c…${id}@example.com`,
    ...(records.length > 0 && { records }),
    ...more
});
export const answerOf = (suggestions, more = {}) => ({
    store: 'main',
    resource: 'customer',
    read: suggestions.length,
    total: 9,
    failed: 0,
    held: [],
    next: null,
    mappings: MAPPINGS,
    suggestions,
    ...more
});

/** What the org has, by id and by match key; a record that is not named here cannot be seen. */
export const mockOrg = { records: {}, choices: {}, errors: null };
/** Questions for records. */
export const reads = [];
const record = (Id, key = null) => ({
    Id,
    Name: { value: `Name ${Id}` },
    Email: { value: null },
    Woo_Key__c: { value: key },
    LastModifiedDate: { value: `modified ${Id}` }
});
export const choice = (Id, key, kind, recordId = null) => ({
    Id,
    Match_Key__c: { value: key },
    Decision__c: { value: kind },
    Record_Id__c: { value: recordId }
});

/** @returns {boolean} whether there was a question that had no answer yet */
function answersReads() {
    let query;
    graphql.emit({}, (config) => {
        if (config.query?.includes('WooMatchRecords')) ({ query } = config);
        return false;
    });
    if (!query || reads.includes(query)) return false;
    reads.push(query);
    if (mockOrg.errors) {
        graphql.emitErrors(mockOrg.errors, (config) => config.query === query);
        return true;
    }
    const parts = [...query.matchAll(/(r\d+_\d+): (\w+)\(where: \{ \w+: \{ in: (\[.*?\]) \} \}/g)];
    const nodes = (object, names) =>
        names.map((name) => (object === 'Woo_Match__c' ? mockOrg.choices : mockOrg.records)[name]).filter(Boolean);
    const found = parts.map(([, alias, object, names]) => [
        alias,
        { edges: nodes(object, JSON.parse(names)).map((node) => ({ node })) }
    ]);
    graphql.emit({ uiapi: { query: Object.fromEntries(found) } }, (config) => config.query === query);
    return true;
}

export async function settled() {
    await jest.advanceTimersByTimeAsync(0);
    if (answersReads()) await settled();
}

beforeEach(() => {
    reads.length = 0;
    Object.assign(mockOrg, { records: {}, choices: {}, errors: null });
    jest.useFakeTimers();
    jest.clearAllMocks();
    mockAnswers.length = 0;
    mockAsked.length = 0;
    createRecord.mockResolvedValue({ id: 'a0M1' });
    updateRecord.mockResolvedValue({});
    deleteRecord.mockResolvedValue(undefined);
    LightningConfirm.open = jest.fn().mockResolvedValue(true);
});

afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
});

export function storeNode(key, values) {
    const fields = { Store__c: key, Name: key, Last_Seen__c: new Date().toISOString(), ...values };
    return {
        node: { Id: key, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])) }
    };
}

export async function shown(answers, stores = [storeNode('main', {})]) {
    mockAnswers.push(...answers);
    const element = createElement('c-woo-matches', { is: WooMatches });
    document.body.appendChild(element);
    await settled();
    graphql.emit({ uiapi: { query: { Woo_Store_Status__c: { edges: stores } } } }, ({ query }) =>
        query?.includes('WooMatchesStores')
    );
    await settled();
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    const press = async (selector) => {
        one(selector).click();
        await settled();
    };
    const choose = async (selector, value) => {
        one(selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await settled();
    };
    const rows = () => all('c-woo-match-row');
    const row = (id) => rows().find((each) => each.row.key === `main:${id}`);
    const decide = async (id, act, more = {}) => {
        const { id: rowId } = row(id).row;
        row(id).dispatchEvent(new CustomEvent('decide', { detail: { id: rowId, act, ...more } }));
        await settled();
    };
    await press('.find');
    return { element, one, all, press, choose, rows, row, decide };
}

/** The org has these records, each with its key. */
export function has(keys) {
    mockOrg.records = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, record(id, key)]));
}

export const written = () => updateRecord.mock.calls.map(([{ fields }]) => fields);
