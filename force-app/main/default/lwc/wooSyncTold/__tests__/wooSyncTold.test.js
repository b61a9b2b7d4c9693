import { createElement } from 'lwc';
import settings from '@salesforce/apex/WooMappings.settings';
import WooSyncTold from 'c/wooSyncTold';

function mockApex() {
    return { default: jest.fn() };
}
jest.mock('@salesforce/apex/WooMappings.settings', () => mockApex(), { virtual: true });

const settled = () => new Promise(process.nextTick);

const storeRow = (values = {}) => ({
    type: 'Woo_Store__mdt',
    name: 'Main',
    label: 'Main Store',
    values: { Key__c: 'main', Active__c: true, ...values }
});
const recipientRow = (values = {}, name = 'Ada') => ({
    type: 'Woo_Recipient__mdt',
    name,
    label: 'Ada',
    values: { Recipient__c: 'ada@example.com', Kind__c: 'User', Active__c: true, Bell__c: true, ...values }
});

async function shown({ stores = [storeRow()], recipients = [recipientRow()] } = {}) {
    settings.mockResolvedValue({ stores, recipients });
    const element = createElement('c-woo-sync-told', { is: WooSyncTold });
    document.body.appendChild(element);
    await settled();
    await settled();
    return element.shadowRoot;
}

const textsOf = (root, list) => [...root.querySelectorAll(`.${list} li p`)].map(({ textContent }) => textContent);

describe('c-woo-sync-told', () => {
    afterEach(() => document.body.replaceChildren());

    it.each([
        [{}, 'c.Woo_Told_Bell, c.Woo_Told_All_Stores'],
        [
            { Mail__c: true, Digest__c: true, Solved__c: true },
            'c.Woo_Told_Bell, c.Woo_Told_Mail, c.Woo_Told_Digest, c.Woo_Told_Solved, c.Woo_Told_All_Stores'
        ],
        [{ Store__c: 'main' }, 'c.Woo_Told_Bell, Main Store'],
        [{ Store__c: 'gone' }, 'c.Woo_Told_Bell, gone'],
        [{ Causes__c: 'conflict' }, 'c.Woo_Told_Bell, c.Woo_Told_All_Stores, c.Woo_Told_Only'],
        [
            { Silent_Until__c: '2999-01-01T00:00:00.000Z' },
            'c.Woo_Told_Bell, c.Woo_Told_All_Stores, c.Woo_Told_Silent_Until'
        ],
        [{ Silent_Until__c: '2020-01-01T00:00:00.000Z' }, 'c.Woo_Told_Bell, c.Woo_Told_All_Stores'],
        [{ Bell__c: false, Solved__c: true }, 'c.Woo_Told_No_Way, c.Woo_Told_All_Stores'],
        [{ Active__c: false }, 'c.Woo_Told_Off']
    ])('says how a recipient with %o is told', async (values, text) => {
        const root = await shown({ recipients: [recipientRow(values)] });
        expect(root.querySelector('.recipients bdi').textContent).toBe('ada@example.com (User)');
        expect(textsOf(root, 'recipients')).toEqual([text]);
    });

    it.each([
        [[], true],
        [[recipientRow({ Active__c: false })], true],
        [[recipientRow({ Active__c: false }, 'Left'), recipientRow()], false]
    ])('says when nobody is told', async (recipients, isNobody) => {
        const root = await shown({ recipients });
        expect(root.querySelector('.nobody') !== null).toBe(isNobody);
    });

    it('shows those that are told before those that are off', async () => {
        const root = await shown({ recipients: [recipientRow({ Active__c: false }, 'Left'), recipientRow()] });
        expect(textsOf(root, 'recipients')[1]).toBe('c.Woo_Told_Off');
    });

    it.each([
        [{}, 'c.Woo_Told_No_Budget, c.Woo_Told_No_Sender'],
        [
            { Daily_API_Calls__c: 0, Daily_API_Share__c: 20, Sender__c: 'shop@example.com' },
            'c.Woo_Told_Budget, c.Woo_Told_Share, c.Woo_Told_Sender'
        ]
    ])('says what is set for a store with %o', async (values, text) => {
        const root = await shown({ stores: [storeRow(values), { ...storeRow({ Active__c: false }), name: 'Off' }] });
        expect(textsOf(root, 'stores')).toEqual([`c.Woo_Told_Tell_After, c.Woo_Told_Silent, ${text}`]);
    });

    it('says what Salesforce refused, and reads again', async () => {
        settings.mockRejectedValueOnce({ status: 403, body: { message: 'no' } });
        const element = createElement('c-woo-sync-told', { is: WooSyncTold });
        document.body.appendChild(element);
        await settled();
        await settled();
        const panel = element.shadowRoot.querySelector('c-woo-error-panel');
        expect(panel).not.toBeNull();
        settings.mockResolvedValue({ stores: [storeRow()], recipients: [] });
        panel.dispatchEvent(new CustomEvent('retry'));
        await settled();
        await settled();
        expect(element.shadowRoot.querySelector('c-woo-error-panel')).toBeNull();
        expect(element.shadowRoot.querySelector('.stores li')).not.toBeNull();
    });
});
