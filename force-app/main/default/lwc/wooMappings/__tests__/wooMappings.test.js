import { TextEncoder } from 'node:util';
import { createElement } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { graphql } from 'lightning/graphql';
import { CurrentPageReference } from 'lightning/navigation';
import { unzipSync } from 'fflate';
import lastSave from '@salesforce/apex/WooMappings.lastSave';
import readMappings from '@salesforce/apex/WooMappings.read';
import readObjects from '@salesforce/apex/WooMappings.objects';
import save from '@salesforce/apex/WooMappings.save';
import saved from '@salesforce/apex/WooMappings.saved';
import { draftsOf } from 'c/wooMappingDraft';
import { Kept } from 'c/wooMappingKept';
import WooMappings from 'c/wooMappings';
import { download } from 'c/wooZip';
import { configuration, countsAnswer, stateAnswer, SYNC_USER } from './org';

function mockApex() {
    return { default: jest.fn() };
}
jest.mock('@salesforce/apex/WooMappings.lastSave', () => mockApex(), { virtual: true });
jest.mock('@salesforce/apex/WooMappings.read', () => mockApex(), { virtual: true });
jest.mock('@salesforce/apex/WooMappings.objects', () => mockApex(), { virtual: true });
jest.mock('@salesforce/apex/WooMappings.save', () => mockApex(), { virtual: true });
jest.mock('@salesforce/apex/WooMappings.saved', () => mockApex(), { virtual: true });
// Its own tests say what it does.
jest.mock('c/wooMappingEditor', () => {
    const { LightningElement, registerDecorators } = jest.requireActual('lwc');
    const names = ['draft', 'objects', 'mappings', 'readOnly'];
    const publicProps = Object.fromEntries(names.map((name) => [name, { config: 0 }]));
    return {
        __esModule: true,
        default: registerDecorators(class extends LightningElement {}, { publicProps })
    };
});
/** Where the page goes: `[reference, isReplaced]`. */
const mockGone = [];
jest.mock('lightning/navigation', () => {
    const real = jest.requireActual('lightning/navigation');
    const NavigationMixin = (Base) =>
        class extends Base {
            [NavigationMixin.Navigate](...gone) {
                mockGone.push(gone);
            }
        };
    NavigationMixin.Navigate = Symbol('Navigate');
    return { ...real, NavigationMixin };
});
jest.mock('c/wooZip', () => ({ ...jest.requireActual('c/wooZip'), download: jest.fn() }));

// What browsers have, and jsdom has not.
Object.assign(globalThis, { TextEncoder });

const TAB = { type: 'standard__navItemPage', attributes: { apiName: 'Woo_Mappings' } };
const settled = () => jest.advanceTimersByTimeAsync(0);
const isState = ({ query }) => query?.includes('WooMappingsState');
const isCounts = ({ query }) => query?.includes('WooMappingsCounts');

/** The org as pages read it; without a mapping of the second store unless a test adds one. */
let org;

beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    org = configuration();
    readMappings.mockImplementation(() => Promise.resolve(org));
    readObjects.mockResolvedValue([{ name: 'Woo_Order__c', label: 'Woo Order' }]);
    save.mockResolvedValue('a0x1');
    saved.mockResolvedValue({ state: 'done', errors: [] });
});

afterEach(() => {
    document.body.replaceChildren();
    window.sessionStorage.clear();
    jest.useRealTimers();
});

async function shown(state = {}) {
    const element = createElement('c-woo-mappings', { is: WooMappings });
    document.body.appendChild(element);
    CurrentPageReference.emit({ ...TAB, state });
    await settled();
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const card = (name) => all('c-woo-mapping-card').find(({ mapping }) => mapping.name === name);
    const act = async (what, name, from = card(name)) => {
        from.dispatchEvent(new CustomEvent('act', { detail: { act: what, name } }));
        await settled();
    };
    const toasts = [];
    element.addEventListener('lightning__showtoast', ({ detail }) => toasts.push(detail));
    return { element, all, one, card, act, toasts };
}

const sent = () => {
    const { mapping, recordsJson, beforeJson } = save.mock.calls.at(-1)[0];
    return { mapping, rows: JSON.parse(recordsJson), before: JSON.parse(beforeJson) };
};

describe('the list', () => {
    it('shows each mapping with its state, counts and why it is held', async () => {
        const { all, card } = await shown();
        graphql.emit(stateAnswer({ held: ['Product'], issues: [['Woo_Order__c', 'order', 'main', 3]] }), isState);
        await settled();
        const { query } = graphql.getLastConfig();
        graphql.emit(countsAnswer(query, [[SYNC_USER, 1042, '2026-11-28T08:00:00Z']]), isCounts);
        await settled();
        expect(all('c-woo-mapping-card')).toHaveLength(6);
        const order = card('Order').mapping;
        expect(order).toMatchObject({
            about: 'c.Woo_Word_Resource_Order → Woo Order',
            isActive: true,
            held: null
        });
        expect(order.numbers).toEqual([
            { name: 'c.Woo_Mappings_Fields', value: '40' },
            { name: 'c.Woo_Mappings_Conditions', value: '1' },
            { name: 'c.Woo_Mappings_Records', value: '1,042' },
            { name: 'c.Woo_Mappings_Issues', value: '3' }
        ]);
        expect(order.lastWritten).toBe(Date.parse('2026-11-28T08:00:00Z'));
        expect(card('Product').mapping.held).toEqual({ reason: 'Product is held.', cure: 'Mend it.' });
        expect(card('Product').mapping.state.text).toBe('c.Woo_Mappings_Held');
    });

    it('tells when each mapping of an object wrote, which their records cannot tell', async () => {
        const order = org.mappings.find(({ name }) => name === 'Order');
        org.mappings.push({ ...order, name: 'Order_Too', label: 'Orders too' });
        org.mappings.push({ ...order, name: 'Order_Off', label: 'Orders off' });
        const mappings = {
            main: 'Order active 2026-11-28T10:15:00.000Z Orders\nOrder_Too active 2026-11-27T10:15:00.000Z Orders too',
            outlet: 'Order active 2026-11-26T10:15:00.000Z Orders\nProduct active - Products'
        };
        const { card } = await shown();
        graphql.emit(stateAnswer({ stores: ['main', 'outlet'], mappings }), isState);
        await settled();
        const { query } = graphql.getLastConfig();
        graphql.emit(countsAnswer(query, [[SYNC_USER, 7, '2026-11-28T08:00:00Z']]), isCounts);
        await settled();
        const writtenBy = (name) => card(name).mapping.lastWritten;
        expect(writtenBy('Order')).toBe(Date.parse('2026-11-28T10:15:00Z'));
        expect(writtenBy('Order_Too')).toBe(Date.parse('2026-11-27T10:15:00Z'));
        expect(writtenBy('Order_Off')).toBeNull();
        expect(writtenBy('Product')).toBe(Date.parse('2026-11-28T08:00:00Z'));
        const records = (name) => card(name).mapping.numbers[2].name;
        expect(records('Order')).toBe('c.Woo_Mappings_Records_Of_Object');
        expect(records('Product')).toBe('c.Woo_Mappings_Records');
    });

    it('is by store where there are several', async () => {
        org.stores.push({
            type: 'Woo_Store__mdt',
            name: 'Outlet',
            label: 'Outlet',
            values: { Key__c: 'outlet' }
        });
        org.mappings[0] = {
            ...org.mappings[0],
            values: { ...org.mappings[0].values, Store__c: 'Outlet' }
        };
        const { all } = await shown();
        expect(all('.store h3').map(({ textContent }) => textContent)).toEqual([
            'c.Woo_Mappings_Every_Store',
            'Outlet'
        ]);
    });

    it.each([
        [{ lastSeen: '2026-01-01T00:00:00Z' }, 'c.Woo_Mappings_Silent'],
        [{ stores: [] }, 'c.Woo_Mappings_Not_Reported'],
        [{}, undefined]
    ])('says whether the sync reports: %j', async (said, text) => {
        const { one } = await shown();
        graphql.emit(stateAnswer(said), isState);
        await settled();
        expect(one('.notice')?.textContent).toBe(text);
    });

    it('is read-only, and says so, without Customize Application', async () => {
        org.mayCustomize = false;
        const { one, card } = await shown();
        expect(one('.rights').textContent).toBe('c.Woo_Mappings_Read_Only');
        expect(one('.new')).toBeNull();
        expect(card('Order').readOnly).toBe(true);
    });

    it('takes nothing that needs the mappings before they are read', async () => {
        let answer;
        readMappings.mockReturnValue(new Promise((resolve) => (answer = resolve)));
        const { one } = await shown();
        expect([one('.new').disabled, one('.all').disabled]).toEqual([true, true]);
        answer(org);
        await settled();
        expect([one('.new').disabled, one('.all').disabled]).toEqual([false, false]);
    });

    it('shows why it cannot be read, and reads again', async () => {
        readMappings.mockRejectedValueOnce({ body: { message: 'No access to the class' } });
        const { one, all } = await shown();
        expect(one('c-woo-error-panel').errors).toHaveLength(1);
        one('c-woo-error-panel').dispatchEvent(new CustomEvent('retry'));
        await settled();
        expect(all('c-woo-mapping-card')).toHaveLength(6);
        expect(one('c-woo-error-panel')).toBeNull();
    });

    it('names objects by the API where their labels cannot be read', async () => {
        readObjects.mockRejectedValue({ body: { message: 'no' } });
        const { card } = await shown();
        expect(card('Order').mapping.about).toBe('c.Woo_Word_Resource_Order → Woo_Order__c');
    });
});

describe('a mapping', () => {
    it('is switched off when that is confirmed, with what was read before', async () => {
        LightningConfirm.open = jest.fn(() => Promise.resolve(true));
        const { act, one, card, toasts } = await shown();
        await act('off', 'Order');
        expect(LightningConfirm.open.mock.calls[0][0].message).toBe('c.Woo_Mappings_Switch_Off_Text');
        const { mapping, rows, before } = sent();
        expect([mapping, rows.length, rows[0].values.Active__c]).toEqual(['Order', 1, false]);
        expect(before).toHaveLength(42);
        expect(one('.busy').textContent).toBe('c.Woo_Mappings_Saving');
        expect(card('Refund').disabled).toBe(true);
        org.mappings = org.mappings.map((row) => (row.name === 'Order' ? rows[0] : row));
        await jest.advanceTimersByTimeAsync(3000);
        expect(card('Order').mapping.state.text).toBe('c.Woo_Mappings_Off');
        expect(toasts).toEqual([expect.objectContaining({ title: 'c.Woo_Mappings_Saved', variant: 'success' })]);
        await act('on', 'Order');
        expect(sent().rows[0].values.Active__c).toBe(true);
    });

    describe('that is deleted', () => {
        const REASON = 'Refund_Reason';
        const isSame = (row) => (one) => one.type === row.type && one.name === row.name;

        /** Deletes Refund, one of whose rows is off. @returns what its save keeps, beside the page */
        async function deleted() {
            LightningConfirm.open = jest.fn(() => Promise.resolve(true));
            const off = (row) => ({ ...row, values: { ...row.values, Active__c: false } });
            org.fields = org.fields.map((row) => (row.name === REASON ? off(row) : row));
            const page = await shown();
            await page.act('delete', 'Refund');
            const { rows, before } = sent();
            const kept = rows.map((row) => before.find(isSame(row)));
            const take = (list) => list.map((row) => rows.find(isSame(row)) ?? row);
            Object.assign(org, { mappings: take(org.mappings), fields: take(org.fields) });
            await jest.advanceTimersByTimeAsync(3000);
            return { ...page, rows, kept };
        }

        it('is switched off with all its rows, and comes back with those that were on', async () => {
            const { act, card, one, rows, kept } = await deleted();
            expect(rows.map(({ values }) => values.Active__c)).toEqual(Array(4).fill(false));
            expect(card('Refund')).toBeUndefined();
            lastSave.mockResolvedValue({ state: 'done', by: 'Ann', before: kept });
            await act('back', 'Refund', one('c-woo-mapping-off'));
            const back = sent().rows;
            expect(back.map(({ values }) => values.Active__c)).toEqual(Array(4).fill(true));
            expect(back.map(({ name }) => name)).not.toContain(REASON);
        });

        it.each([
            ['no save is kept', () => null],
            ['the last save failed', (before) => ({ state: 'failed', before })],
            ['the last save was too large to be kept', () => ({ state: 'done', before: null })],
            [
                'the records are others by now',
                ([first, ...rest]) => ({ state: 'done', before: [{ ...first, label: 'Other' }, ...rest] })
            ]
        ])('comes back by the editor, which lists its rows, where %s', async (_, lastOf) => {
            const page = await deleted();
            lastSave.mockResolvedValue(lastOf(page.kept));
            await page.act('back', 'Refund', page.one('c-woo-mapping-off'));
            expect(save).toHaveBeenCalledTimes(1);
            expect(mockGone.at(-1)[0].state).toMatchObject({ c__back: 'Refund' });
            CurrentPageReference.emit({ ...TAB, state: { c__back: 'Refund' } });
            await settled();
            expect(page.one('c-woo-mapping-editor').draft).toMatchObject({
                isRemoved: true,
                isReturning: true
            });
        });
    });

    it('stays when that is not confirmed', async () => {
        LightningConfirm.open = jest.fn(() => Promise.resolve(false));
        const { act } = await shown();
        await act('delete', 'Order');
        expect(save).not.toHaveBeenCalled();
    });

    it('becomes what it was before the last save', async () => {
        LightningConfirm.open = jest.fn(() => Promise.resolve(true));
        const before = [{ type: 'Woo_Mapping__mdt', name: 'Order', label: 'Orders', values: { Active__c: true } }];
        lastSave.mockResolvedValue({ state: 'done', by: 'Ann', before });
        const { act, toasts } = await shown();
        await act('undo', 'Order');
        expect(sent()).toMatchObject({ mapping: 'Order', rows: before });
        await jest.advanceTimersByTimeAsync(3000);
        lastSave.mockResolvedValue(null);
        await act('undo', 'Refund');
        expect(save).toHaveBeenCalledTimes(1);
        expect(toasts.at(-1).title).toBe('c.Woo_Mappings_Undo_None');
    });

    it('undoes no save that Salesforce refused', async () => {
        lastSave.mockResolvedValue({ state: 'failed', by: 'Ann', before: [{ name: 'Order' }] });
        const { act, toasts } = await shown();
        await act('undo', 'Order');
        expect(save).not.toHaveBeenCalled();
        expect(toasts.at(-1).title).toBe('c.Woo_Mappings_Undo_None');
    });

    it('says that a save was too large to be kept for an undo', async () => {
        lastSave.mockResolvedValue({ state: 'done', by: 'Ann', before: null });
        const { act, one } = await shown();
        await act('undo', 'Order');
        expect(save).not.toHaveBeenCalled();
        expect(one('c-woo-error-panel').errors).toEqual(['c.Woo_Mappings_Undo_Too_Long']);
    });

    it.each([
        ['CHANGED_MEANWHILE', 'c.Woo_Mappings_Save_Changed'],
        ['SAVE_RUNNING', 'c.Woo_Mappings_Save_Running'],
        ['NO_PERMISSION', 'c.Woo_Mappings_Read_Only'],
        ['FOREIGN_RECORD', 'c.Woo_Mappings_Save_Refused']
    ])('that somebody else is at stays, and the page says so: %s', async (code, text) => {
        save.mockRejectedValue({ body: { message: JSON.stringify({ code, by: 'Ann', records: [] }) } });
        const { act, one } = await shown();
        await act('on', 'Order');
        expect(one('c-woo-error-panel').errors).toEqual([text]);
        // The list shows what is there now.
        expect(readMappings).toHaveBeenCalledTimes(2);
    });

    it('that Salesforce refuses says each reason', async () => {
        saved.mockResolvedValue({
            state: 'failed',
            errors: [{ record: 'Woo_Mapping.Order', message: 'bad value' }]
        });
        const { act, one, toasts } = await shown();
        await act('on', 'Order');
        await jest.advanceTimersByTimeAsync(3000);
        expect(one('c-woo-error-panel').errors).toEqual(['c.Woo_Mappings_Save_Failed', 'Woo_Mapping.Order: bad value']);
        expect(toasts).toEqual([]);
    });

    it('is downloaded as the files of a project', async () => {
        const { act, one } = await shown();
        await act('download', 'Refund');
        const [name, zip] = download.mock.calls[0];
        expect(name).toBe('Refund.zip');
        expect(Object.keys(unzipSync(zip))).toHaveLength(5);
        one('.all').click();
        expect(Object.keys(unzipSync(download.mock.calls[1][1]))).toHaveLength(
            draftsOf(org).flatMap(({ read }) => read).length
        );
    });
});

describe('the editor', () => {
    const editor = ({ one }) => one('c-woo-mapping-editor');

    it('is opened by the address, and left by going back', async () => {
        const page = await shown();
        await page.act('edit', 'Order');
        expect(mockGone.at(-1)).toMatchObject([{ ...TAB, state: { c__mapping: 'Order' } }, false]);
        CurrentPageReference.emit({ ...TAB, state: { c__mapping: 'Order' } });
        await settled();
        expect(editor(page).draft.mapping.name).toBe('Order');
        editor(page).dispatchEvent(new CustomEvent('close'));
        expect(mockGone.at(-1)[0].state.c__mapping).toBeUndefined();
        CurrentPageReference.emit({ ...TAB, state: {} });
        await settled();
        expect(editor(page)).toBeNull();
        expect(page.element.shadowRoot.activeElement).toBe(page.one('h2'));
    });

    it('begins with a template or a copy', async () => {
        const page = await shown();
        page.one('.new').click();
        await settled();
        page.one('c-woo-mapping-templates').dispatchEvent(
            new CustomEvent('choose', { detail: { template: 'Product' } })
        );
        expect(mockGone.at(-1)[0].state.c__template).toBe('Product');
        CurrentPageReference.emit({ ...TAB, state: { c__template: 'Product' } });
        await settled();
        expect(editor(page).draft.mapping).toMatchObject({ name: 'Product_2', object: 'Product2' });
        CurrentPageReference.emit({ ...TAB, state: { c__copy: 'Order' } });
        await settled();
        expect(editor(page).draft.mapping).toMatchObject({ name: 'Order_2', active: false });
    });

    it('stays open as it is when it has saved a new mapping, whose name is in the address from then on', async () => {
        const page = await shown({ c__template: 'Product' });
        const { draft } = editor(page);
        editor(page).dispatchEvent(new CustomEvent('saved', { detail: { mapping: 'Product_2' } }));
        expect(mockGone.at(-1)).toMatchObject([{ state: { c__mapping: 'Product_2' } }, true]);
        CurrentPageReference.emit({ ...TAB, state: { c__mapping: 'Product_2' } });
        await settled();
        expect(editor(page).draft).toEqual(draft);
    });

    it('offers what was typed of a mapping that was deleted for good, to who may save it', async () => {
        const draft = draftsOf(org).find(({ mapping }) => mapping.name === 'Order');
        new Kept('Order').put(draft, { ...draft, mapping: { ...draft.mapping, label: 'Mine' } });
        new Kept('Refund').put(draft, draft);
        org.mappings = org.mappings.filter(({ name }) => name !== 'Order');
        const page = await shown();
        expect(page.all('.kept').map(({ text }) => text)).toEqual(['c.Woo_Mappings_Kept']);
        page.one('.kept').dispatchEvent(new CustomEvent('action', { detail: { name: 'Order' } }));
        const { state } = mockGone.at(-1)[0];
        expect(state).toMatchObject({ c__mapping: 'Order' });
        CurrentPageReference.emit({ ...TAB, state });
        await settled();
        expect(editor(page).draft).toMatchObject({
            mapping: { name: 'Order', label: 'Mine' },
            isGone: true
        });
        org.mayCustomize = false;
        expect((await shown()).one('.kept')).toBeNull();
    });

    it('of a mapping that is gone is the list, which says so', async () => {
        const page = await shown({ c__mapping: 'Nope' });
        expect(editor(page)).toBeNull();
        expect(page.one('c-woo-error-panel').errors).toEqual(['c.Woo_Mappings_Gone']);
    });
});
