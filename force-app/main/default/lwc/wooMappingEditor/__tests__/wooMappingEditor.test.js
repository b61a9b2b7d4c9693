import { createElement } from 'lwc';
import readMappings from '@salesforce/apex/WooMappings.read';
import saveMapping from '@salesforce/apex/WooMappings.save';
import savedMapping from '@salesforce/apex/WooMappings.saved';
import { draftsOf } from 'c/wooMappingDraft';
import WooMappingEditor from 'c/wooMappingEditor';

const mockAsk = { describe: jest.fn(), preview: jest.fn() };

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

const PAUSE_MS = 3000;
const row = (type, name, values) => ({ type, name, label: name, values: { Active__c: true, ...values } });
const org = (direction = 'to_salesforce') => ({
    mappings: [
        row('Woo_Mapping__mdt', 'Order', {
            ...{ Woo_Resource__c: 'order', Salesforce_Object__c: 'Woo_Order__c', External_Id_Field__c: 'Woo_Key__c' },
            Direction__c: direction
        })
    ],
    fields: [
        row('Woo_Field_Mapping__mdt', 'Order_Total', {
            ...{ Mapping__c: 'Order', Salesforce_Field__c: 'Total__c', Woo_Attribute__c: 'total', Kind__c: 'attribute' }
        })
    ],
    conditions: [],
    stores: [row('Woo_Store__mdt', 'main', { Key__c: 'main' })],
    mayCustomize: true
});
const described = {
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
const answer = (problems = []) => ({ held: false, problems, records: [{ rows: [], conditions: [] }], count: 7 });

/** Waits for promises that follow from each other. */
const settled = () => jest.advanceTimersByTimeAsync(1);

async function opened(properties = {}) {
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

const direction = (value) => ({ act: 'mapping', changes: { direction: value } });

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

it('asks what there is once, and has each edit checked', async () => {
    const problem = { place: 'Order_Total', message: 'wrong', cure: 'mend', fatal: true };
    mockAsk.preview.mockResolvedValue(answer([problem, { ...problem, place: 'Order' }]));
    const { one, edit } = await opened();
    expect(mockAsk.describe.mock.calls).toEqual([
        [{ object: 'Woo_Order__c', resource: 'order', store: 'main', signal: expect.any(AbortSignal) }]
    ]);
    expect(one('c-woo-mapping-fields').findings.at('Order_Total')).toEqual([problem]);
    expect(one('c-woo-mapping-settings').problems).toHaveLength(1);
    expect(one('.state').textContent).toBe('c.Woo_Editor_Problems');
    await edit(direction('both'));
    expect(mockAsk.describe).toHaveBeenCalledTimes(1);
    const { draft, record, store } = mockAsk.preview.mock.calls.at(-1)[0];
    expect([draft.mapping.direction, record, store]).toEqual(['both', 'latest', 'main']);
    expect(one('.unsaved')).not.toBeNull();
});

it('gives the focus to its heading when it opens, after looking at the changes and after a save', async () => {
    saveMapping.mockResolvedValue('a01');
    savedMapping.mockResolvedValue({ state: 'done', errors: [] });
    readMappings.mockResolvedValue(org('both'));
    const { element, one, edit, save } = await opened();
    const focused = () => element.shadowRoot.activeElement?.className;
    expect(focused()).toContain('heading');
    await edit(direction('both'));
    one('.review').click();
    await settled();
    expect(focused()).toContain('changes');
    one('.changes').dispatchEvent(new CustomEvent('back'));
    await settled();
    expect(focused()).toContain('heading');
    await save();
    await jest.advanceTimersByTimeAsync(PAUSE_MS);
    await settled();
    expect(one('c-woo-mapping-saved')).not.toBeNull();
    expect(focused()).toContain('heading');
});

it('chooses the key field of another object by itself', async () => {
    const { one, edit } = await opened();
    await edit({ act: 'mapping', changes: { object: 'Deal__c', externalIdField: 'Other__c' } });
    expect(mockAsk.describe).toHaveBeenCalledTimes(2);
    expect(one('c-woo-mapping-settings').mapping.externalIdField).toBe('Woo_Key__c');
});

it('keeps what was typed over a reload, and gives it up when asked to', async () => {
    const first = await opened();
    await first.edit(direction('both'));
    first.element.remove();
    const again = await opened();
    expect(again.texts()).toContain('c.Woo_Editor_Restored');
    expect(again.one('c-woo-mapping-settings').mapping.direction).toBe('both');
    await again.act('discard');
    expect(again.one('c-woo-mapping-settings').mapping.direction).toBe('to_salesforce');
    expect(window.sessionStorage).toHaveLength(0);
});

describe('what was kept before somebody else saved', () => {
    const reopened = async (theirs) => {
        const first = await opened();
        await first.edit({ act: 'mapping', changes: { direction: 'both' } });
        first.element.remove();
        return opened({ draft: draftsOf(theirs)[0] });
    };

    it('is shown with what they changed, and overwrites nothing unasked', async () => {
        const { one, act, save } = await reopened(org('to_woo'));
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
        expect(one('.meanwhile c-woo-mapping-changes').differences).toMatchObject([
            { word: 'direction', from: 'to_salesforce', to: 'to_woo' }
        ]);
        // Apex refuses what goes by what was read before.
        saveMapping.mockResolvedValue('a01');
        await save();
        expect(JSON.parse(saveMapping.mock.calls[0][0].beforeJson)[0].values.Direction__c).toBe('to_salesforce');
        await act('mine');
        expect(one('.meanwhile')).toBeNull();
        expect(one('.changes').differences).toMatchObject([{ word: 'direction', from: 'to_woo', to: 'both' }]);
    });

    it('goes where theirs are taken, over a reload too', async () => {
        const { one, act } = await reopened(org('to_woo'));
        await act('theirs');
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('to_woo');
        expect(window.sessionStorage).toHaveLength(0);
    });

    it('is no question where the org has it by now', async () => {
        const { one, texts } = await reopened(org('both'));
        expect(one('.meanwhile')).toBeNull();
        expect(texts()).toEqual([]);
        expect(window.sessionStorage).toHaveLength(0);
    });
});

it('says that a mapping was deleted for good meanwhile, and saves the draft as a new one when asked to', async () => {
    const told = { code: 'CHANGED_MEANWHILE', by: null, records: ['Woo_Mapping__mdt.Order'] };
    saveMapping.mockRejectedValueOnce({ body: { message: JSON.stringify(told) } }).mockResolvedValue('a02');
    readMappings.mockResolvedValue({ ...org(), mappings: [], fields: [] });
    const { one, texts, edit, act, save } = await opened();
    await edit(direction('both'));
    await save();
    await settled();
    expect(texts()).toEqual(['c.Woo_Editor_Gone']);
    expect(one('.meanwhile')).toBeNull();
    expect(window.sessionStorage).toHaveLength(1);
    await act('anew');
    expect(texts()).toEqual([]);
    expect(one('.changes').differences.map(({ place, change }) => [place, change])).toEqual([
        ['Order', 'added'],
        ['Order_Total', 'added']
    ]);
    await save();
    const { mapping, recordsJson, beforeJson } = saveMapping.mock.calls[1][0];
    expect([mapping, JSON.parse(beforeJson)]).toEqual(['Order', []]);
    expect(JSON.parse(recordsJson).map(({ name }) => name)).toEqual(['Order', 'Order_Total']);
});

describe('what was kept of a mapping that was deleted for good', () => {
    const gone = () => opened({ draft: { ...draftsOf(org())[0], isGone: true } });

    it('is shown, and saved as a new one when asked to', async () => {
        saveMapping.mockResolvedValue('a02');
        const { texts, act, save } = await gone();
        expect(texts()).toEqual(['c.Woo_Editor_Gone']);
        await act('anew');
        expect(texts()).toEqual([]);
        await save();
        expect(JSON.parse(saveMapping.mock.calls[0][0].beforeJson)).toEqual([]);
    });

    it('is forgotten when asked to, and the editor left', async () => {
        const { element, act, edit } = await gone();
        const close = jest.fn();
        element.addEventListener('close', close);
        await edit(direction('both'));
        expect(window.sessionStorage).toHaveLength(1);
        await act('forget');
        expect(window.sessionStorage).toHaveLength(0);
        expect(close).toHaveBeenCalledTimes(1);
    });
});

it('lists all rows of a deleted mapping that comes back, and saves those that are left', async () => {
    const deleted = org();
    const number = { ...deleted.fields[0].values, Salesforce_Field__c: 'Name', Woo_Attribute__c: 'number' };
    deleted.fields.push(row('Woo_Field_Mapping__mdt', 'Order_Number', number));
    for (const { values } of [...deleted.mappings, ...deleted.fields]) values.Active__c = false;
    saveMapping.mockResolvedValue('a01');
    const draft = { ...draftsOf(deleted)[0], isReturning: true };
    const { one, texts, edit, save } = await opened({ draft });
    expect(texts()).toContain('c.Woo_Editor_Returning');
    expect(one('.changes').differences.map(({ place, change }) => [place, change])).toEqual([
        ['Order', 'changed'],
        ['Order_Total', 'added'],
        ['Order_Number', 'added']
    ]);
    await edit({ act: 'remove', kind: 'fields', name: 'Order_Number' });
    await save();
    const { recordsJson } = saveMapping.mock.calls[0][0];
    expect(JSON.parse(recordsJson).map(({ name, values }) => [name, values.Active__c])).toEqual([
        ['Order', true],
        ['Order_Total', true]
    ]);
});

it('goes on without the service, and asks again', async () => {
    const silent = Object.assign(new Error('does not answer'), { code: 'SILENT' });
    mockAsk.describe.mockRejectedValueOnce(silent);
    mockAsk.preview.mockRejectedValueOnce(silent);
    const { one, edit } = await opened();
    expect(one('.read-error').errors).toBe(silent);
    expect(one('.check-error').errors).toBe(silent);
    await edit(direction('both'));
    expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
    one('.read-error').dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(one('.read-error')).toBeNull();
    expect(one('c-woo-mapping-fields').described.isKnown).toBe(true);
});

describe('a record by number', () => {
    const choose = async ({ one }, record) => {
        one('.preview').dispatchEvent(new CustomEvent('record', { detail: { record } }));
        await settled();
    };

    it('leaves in What changes how many records there are, while they are of the same list', async () => {
        const page = await opened();
        mockAsk.preview.mockResolvedValue({ ...answer(), count: null });
        await choose(page, '7');
        await page.edit(direction('both'));
        page.one('.review').click();
        await settled();
        expect(page.one('.changes').count).toBe(7);
        await page.edit({ act: 'mapping', changes: { resource: 'customer' } });
        expect(page.one('.changes').count).toBeNull();
    });

    it('shows no other record where it cannot be asked for', async () => {
        const page = await opened();
        mockAsk.preview.mockRejectedValue(Object.assign(new Error('does not answer'), { code: 'SILENT' }));
        await page.edit(direction('both'));
        expect(page.one('.preview').answer).not.toBeNull();
        await choose(page, '7');
        expect(page.one('.preview').answer).toBeNull();
        expect(page.one('.check-error')).not.toBeNull();
    });
});

it('takes no notice of answers that were dropped, and says where the shop is silent', async () => {
    mockAsk.preview.mockRejectedValueOnce(Object.assign(new Error(''), { code: 'DROPPED' }));
    mockAsk.describe.mockResolvedValueOnce({ ...described, problem: { code: 'X', message: 'down', cure: 'wait' } });
    const { one, texts } = await opened();
    expect(one('.check-error')).toBeNull();
    expect(texts()).toContain('c.Woo_Editor_Shop_Silent');
});

it('shows what changes, saves it and goes by what the org has then', async () => {
    saveMapping.mockResolvedValue('a01');
    savedMapping.mockResolvedValue({ state: 'done', errors: [] });
    readMappings.mockResolvedValue(org('both'));
    const { one, edit, save, saved, texts } = await opened();
    await edit(direction('both'));
    one('.review').click();
    await settled();
    expect(one('.changes')).toMatchObject({ count: 7, held: 0, isChecked: true });
    expect(one('.changes').differences).toMatchObject([{ word: 'direction', from: 'to_salesforce', to: 'both' }]);
    await save();
    const [{ mapping, recordsJson, beforeJson }] = saveMapping.mock.calls[0];
    expect(mapping).toBe('Order');
    expect(JSON.parse(recordsJson)).toMatchObject([{ name: 'Order', values: { Direction__c: 'both' } }]);
    expect(JSON.parse(beforeJson).map(({ name }) => name)).toEqual(['Order', 'Order_Total']);
    expect(texts()).toContain('c.Woo_Editor_Saving');
    expect(one('c-woo-mapping-fields').readOnly).toBe(true);
    await jest.advanceTimersByTimeAsync(PAUSE_MS);
    await settled();
    expect(saved).toHaveBeenCalledWith({ mapping: 'Order' });
    expect(one('c-woo-mapping-saved')).not.toBeNull();
    expect(one('.unsaved')).toBeNull();
    expect(window.sessionStorage).toHaveLength(0);
});

it('shows at its row what the platform refuses, and keeps the draft', async () => {
    saveMapping.mockResolvedValue('a01');
    const errors = [{ record: 'Woo_Field_Mapping.Order_Total', message: 'bad value' }];
    savedMapping.mockResolvedValue({ state: 'failed', errors });
    const { one, edit, save, texts } = await opened();
    await edit({ act: 'fields', rows: [{ attribute: 'number', field: 'Name' }] });
    await save();
    await jest.advanceTimersByTimeAsync(PAUSE_MS);
    await settled();
    expect(texts()).toContain('c.Woo_Editor_Save_Failed');
    expect(one('c-woo-mapping-fields').findings.at('Order_Total')).toMatchObject([
        { message: 'bad value', fatal: true }
    ]);
    expect(one('c-woo-mapping-fields').rows).toHaveLength(2);
    expect(window.sessionStorage).toHaveLength(1);
});

describe('when somebody else saved meanwhile', () => {
    const meanwhile = async () => {
        const told = { code: 'CHANGED_MEANWHILE', by: 'Ada', records: ['Woo_Mapping__mdt.Order'] };
        saveMapping.mockRejectedValueOnce({ body: { message: JSON.stringify(told) } });
        readMappings.mockResolvedValue(org('both'));
        const page = await opened();
        await page.edit({ act: 'fields', rows: [{ attribute: 'number', field: 'Name' }] });
        await page.save();
        await settled();
        return page;
    };

    it('shows what they changed, and puts mine on top', async () => {
        const { one, act, save } = await meanwhile();
        expect(one('.meanwhile c-woo-mapping-changes').differences).toMatchObject([{ word: 'direction', to: 'both' }]);
        await act('mine');
        expect(one('.meanwhile')).toBeNull();
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
        expect(one('.changes').differences).toMatchObject([{ change: 'added', kind: 'field' }]);
        saveMapping.mockResolvedValue('a02');
        await save();
        const { beforeJson } = saveMapping.mock.calls.at(-1)[0];
        expect(JSON.parse(beforeJson)[0].values.Direction__c).toBe('both');
    });

    it('takes theirs when asked to', async () => {
        const { one, act } = await meanwhile();
        await act('theirs');
        expect(one('c-woo-mapping-fields').rows).toHaveLength(1);
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
        expect(one('.unsaved')).toBeNull();
    });
});

it('keeps all when the session has ended, and saves once one has logged in again', async () => {
    saveMapping.mockRejectedValueOnce({ status: 401, body: {} }).mockResolvedValue('a01');
    const { edit, save, act, texts } = await opened();
    await edit(direction('both'));
    await save();
    expect(texts()).toContain('c.Woo_Editor_Session_Ended');
    expect(window.sessionStorage).toHaveLength(1);
    await act('save');
    expect(texts()).toContain('c.Woo_Editor_Saving');
    expect(saveMapping).toHaveBeenCalledTimes(2);
});

it('says what Apex refuses', async () => {
    const refuse = (told) => saveMapping.mockRejectedValueOnce({ body: { message: JSON.stringify(told) } });
    const { edit, save, texts } = await opened();
    await edit(direction('both'));
    for (const [code, text] of [
        ['NO_PERMISSION', 'c.Woo_Editor_No_Permission'],
        ['SAVE_RUNNING', 'c.Woo_Editor_Save_Running'],
        ['FOREIGN_RECORD', 'c.Woo_Editor_Foreign_Record']
    ]) {
        refuse({ code, by: null, records: ['X'] });
        // eslint-disable-next-line no-await-in-loop
        await save();
        expect(texts()).toContain(text);
    }
});

it('lets who may not save look only', async () => {
    const { one, texts } = await opened({ readOnly: true });
    expect(texts()).toContain('c.Woo_Editor_Read_Only_Note');
    expect(one('.review')).toBeNull();
    expect(one('c-woo-mapping-fields').readOnly).toBe(true);
});
