/* The editor with a service and Apex that answer as a test says; whoever imports it has it set up before each test. */
import { createElement } from 'lwc';
import readMappings from '@salesforce/apex/WooMappings.read';
import saveMapping from '@salesforce/apex/WooMappings.save';
import savedMapping from '@salesforce/apex/WooMappings.saved';
import { draftsOf } from 'c/wooMappingDraft';
import WooMappingEditor from 'c/wooMappingEditor';

export const mockAsk = { describe: jest.fn(), preview: jest.fn() };

jest.mock('@salesforce/apex/WooMappings.read', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/WooMappings.save', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/WooMappings.saved', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Woo_Run_Commands', () => ({ default: true }), { virtual: true });
jest.mock('c/wooMappingAsk', () => {
    const methods = { describe: (asked) => mockAsk.describe(asked), preview: (asked) => mockAsk.preview(asked) };
    return { __esModule: true, default: jest.requireActual('./stubs').stub('c-woo-mapping-ask', { methods }) };
});
jest.mock('c/wooMappingPreview', () => {
    const properties = ['answer', 'isBusy'];
    return { __esModule: true, default: jest.requireActual('./stubs').stub('c-woo-mapping-preview', { properties }) };
});

export const PAUSE_MS = 3000;
export const row = (type, name, values) => ({ type, name, label: name, values: { Active__c: true, ...values } });
export const org = (direction = 'to_salesforce') => ({
    mappings: [
        row('Woo_Mapping__mdt', 'Order', {
            Woo_Resource__c: 'order',
            Salesforce_Object__c: 'Woo_Order__c',
            External_Id_Field__c: 'Woo_Key__c',
            Direction__c: direction
        })
    ],
    fields: [
        row('Woo_Field_Mapping__mdt', 'Order_Total', {
            Mapping__c: 'Order',
            Salesforce_Field__c: 'Total__c',
            Woo_Attribute__c: 'total',
            Kind__c: 'attribute'
        })
    ],
    conditions: [],
    stores: [row('Woo_Store__mdt', 'main', { Key__c: 'main' })],
    mayCustomize: true
});
export const described = {
    fields: [
        { name: 'Total__c', label: 'Total', type: 'currency', createable: true, updateable: true },
        { name: 'Name', label: 'Name', type: 'string', createable: true, updateable: true },
        { name: 'Woo_Key__c', label: 'Key', type: 'string', externalId: true, createable: true, updateable: true }
    ],
    attributes: [
        { name: 'total', example: '12.00' },
        { name: 'number', example: '1042' }
    ],
    values: {}
};
export const answer = (problems = []) => ({ held: false, problems, records: [{ rows: [], conditions: [] }], count: 7 });

/** Waits for promises that follow from each other. */
export const settled = () => jest.advanceTimersByTimeAsync(1);

export async function opened(properties = {}) {
    const element = createElement('c-woo-mapping-editor', { is: WooMappingEditor });
    Object.assign(element, { draft: draftsOf(org())[0], ...properties });
    const saved = jest.fn();
    element.addEventListener('saved', ({ detail }) => saved(detail));
    document.body.appendChild(element);
    await settled();
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const texts = () => [...element.shadowRoot.querySelectorAll('c-woo-mapping-notice')].map(({ text }) => text);
    const edit = async (detail) => {
        one('c-woo-mapping-settings').dispatchEvent(new CustomEvent('edit', { detail }));
        await settled();
    };
    const act = async (name) => {
        const notices = [...element.shadowRoot.querySelectorAll('c-woo-mapping-notice')];
        const notice = notices.find(({ actions }) => actions.some((action) => action.name === name));
        notice.dispatchEvent(new CustomEvent('action', { detail: { name } }));
        await settled();
    };
    const save = async () => {
        one('.review').click();
        await settled();
        one('.changes').dispatchEvent(new CustomEvent('save'));
        await settled();
    };
    return { element, one, texts, edit, act, save, saved };
}

export const direction = (value) => ({ act: 'mapping', changes: { direction: value } });

beforeEach(() => {
    jest.useFakeTimers();
    mockAsk.describe.mockResolvedValue(described);
    mockAsk.preview.mockResolvedValue(answer());
});

afterEach(() => {
    document.body.replaceChildren();
    window.sessionStorage.clear();
    jest.resetAllMocks();
    jest.useRealTimers();
});

export { readMappings, saveMapping, savedMapping };
