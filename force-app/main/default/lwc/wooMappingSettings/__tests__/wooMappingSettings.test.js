import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import WooMappingRules from 'c/wooMappingRules';
import WooMappingSettings from 'c/wooMappingSettings';

const settled = () => Promise.resolve();
const described = new Described({
    fields: [
        { name: 'Woo_Key__c', label: 'Key', type: 'string', externalId: true },
        { name: 'Email', label: 'Email', type: 'email' },
        { name: 'Gone__c', label: 'Gone', type: 'boolean' }
    ],
    attributes: []
});
const mapping = { name: 'Order', label: 'Orders', resource: 'order', direction: 'to_salesforce', realTime: true };
const change = (detail) => new CustomEvent('change', { detail });

function shown(is, properties) {
    const element = Object.assign(createElement('c-shown', { is }), { mapping, described, ...properties });
    const heard = jest.fn();
    element.addEventListener('edit', ({ detail }) => heard(detail.changes ?? detail));
    document.body.appendChild(element);
    return { element, heard, one: (selector) => element.shadowRoot.querySelector(selector) };
}

afterEach(() => document.body.replaceChildren());

describe('c-woo-mapping-settings', () => {
    const objects = ['Order', 'Account'].map((name) => ({ name, label: name }));

    it('offers objects by label, key fields, and fields to match by', () => {
        const { one, heard } = shown(WooMappingSettings, { objects });
        expect(one('.object').choices.options.map(({ value }) => value)).toEqual(['Account', 'Order']);
        expect(one('.key').choices.options.map(({ value }) => value)).toEqual(['Woo_Key__c']);
        expect(one('.match').kind.values.map(({ value }) => value)).toEqual(['Woo_Key__c', 'Email']);
        one('.object').dispatchEvent(new CustomEvent('choose', { detail: { value: 'Order' } }));
        expect(heard).toHaveBeenLastCalledWith({ object: 'Order' });
        one('.key').dispatchEvent(new CustomEvent('choose', { detail: { value: 'Woo_Key__c' } }));
        expect(heard).toHaveBeenLastCalledWith({ externalIdField: 'Woo_Key__c' });
        one('.match').dispatchEvent(change({ value: 'Email' }));
        expect(heard).toHaveBeenLastCalledWith({ matchFields: 'Email' });
    });

    it('says that an object has no key field, and what to make', () => {
        const bare = new Described({ fields: [{ name: 'Email', label: 'Email', type: 'email' }], attributes: [] });
        const { element } = shown(WooMappingSettings, { described: bare });
        expect(element.shadowRoot.textContent).toContain('c.Woo_Editor_No_Key');
        const unknown = shown(WooMappingSettings, { described: new Described({ fields: [], attributes: [] }) });
        expect(unknown.element.shadowRoot.textContent).not.toContain('c.Woo_Editor_No_Key');
    });

    it('asks for the store where there are several', () => {
        const stores = [
            { key: 'main', label: 'Main' },
            { key: 'outlet', label: 'Outlet' }
        ];
        expect(shown(WooMappingSettings, { stores: stores.slice(1) }).one('[data-word=store]')).toBeNull();
        const { one, heard } = shown(WooMappingSettings, { stores });
        expect(one('[data-word=store]').options.map(({ value }) => value)).toEqual(['', 'main', 'outlet']);
        one('[data-word=store]').dispatchEvent(change({ value: '' }));
        expect(heard).toHaveBeenLastCalledWith({ store: null });
    });

    it('asks for the type of content, and of nothing else', () => {
        expect(shown(WooMappingSettings).one('.content-type')).toBeNull();
        const content = { ...mapping, resource: 'content', contentType: 'page' };
        const { one, heard } = shown(WooMappingSettings, { mapping: content });
        expect(one('.content-type').value).toBe('page');
        one('.content-type').value = ' Book ';
        one('.content-type').dispatchEvent(new CustomEvent('commit'));
        expect(heard).toHaveBeenLastCalledWith({ contentType: 'book' });
    });

    it('warns of a label that another mapping has', () => {
        const taken = (otherLabels) => shown(WooMappingSettings, { otherLabels }).one('.name-taken');
        expect(taken([' ORDERS']).textContent).toBe('c.Woo_Editor_Name_Taken');
        expect(taken(['Orders of a shop', null])).toBeNull();
    });

    it('takes a key field that is typed and not offered: the check says what is wrong with it', () => {
        expect(shown(WooMappingSettings, {}).one('.key').allowFree).toBe(true);
    });

    it('takes a name once it is whole', () => {
        const { one, heard } = shown(WooMappingSettings, {});
        one('.name').value = ' Bestellungen ';
        one('.name').dispatchEvent(new CustomEvent('commit'));
        expect(heard).toHaveBeenLastCalledWith({ act: 'name', label: 'Bestellungen' });
        one('.name').value = mapping.label;
        one('.name').dispatchEvent(new CustomEvent('commit'));
        one('.name').value = '  ';
        one('.name').dispatchEvent(new CustomEvent('commit'));
        expect(heard).toHaveBeenCalledTimes(1);
    });
});

describe('c-woo-mapping-rules', () => {
    const opened = async (properties) => {
        const page = shown(WooMappingRules, properties);
        page.one('.more').click();
        await settled();
        return page;
    };

    it('turns events and real time on and off, and asks for whole minutes', () => {
        const { one, heard } = shown(WooMappingRules, {});
        one('[data-word=realTime]').dispatchEvent(change({ checked: false }));
        expect(heard).toHaveBeenLastCalledWith({ realTime: false });
        one('[data-word=onDelete]').dispatchEvent(change({ checked: true }));
        expect(heard).toHaveBeenLastCalledWith({ onDelete: true });
        one('.minutes').dispatchEvent(change({ value: '30' }));
        expect(heard).toHaveBeenLastCalledWith({ sweepMinutes: 30 });
        one('.minutes').dispatchEvent(change({ value: '' }));
        expect(heard).toHaveBeenLastCalledWith({ sweepMinutes: null });
    });

    it('refuses what is no number at its field, and takes it for nothing else', () => {
        const { one, heard } = shown(WooMappingRules, { mapping: { ...mapping, sweepMinutes: 30 } });
        const minutes = one('.minutes');
        minutes.validity = { badInput: true };
        minutes.reportValidity = jest.fn();
        minutes.dispatchEvent(change({ value: '' }));
        expect(heard).not.toHaveBeenCalled();
        expect(minutes.reportValidity).toHaveBeenCalled();
        expect(minutes.messageWhenBadInput).toBe('c.Woo_Editor_Bad_Minutes');
        minutes.validity = { badInput: false };
        minutes.dispatchEvent(change({ value: '' }));
        expect(heard).toHaveBeenLastCalledWith({ sweepMinutes: null });
    });

    it('asks for the flag of deleted records only where one is written, as its field takes it', async () => {
        expect((await opened({})).one('.delete-field')).toBeNull();
        const { one } = await opened({ mapping: { ...mapping, deleteRule: 'flag', deleteField: 'Gone__c' } });
        expect(one('.delete-value').kind).toEqual({ input: 'yes_no' });
    });

    it('offers what goes to the shop only where something goes there', async () => {
        expect((await opened({})).one('[data-word=createInWoo]')).toBeNull();
        const { one } = await opened({ mapping: { ...mapping, direction: 'both' } });
        expect(one('[data-word=createInWoo]')).not.toBeNull();
    });
});
