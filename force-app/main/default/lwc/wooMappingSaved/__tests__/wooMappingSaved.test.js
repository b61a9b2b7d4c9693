import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import WooMappingSaved from 'c/wooMappingSaved';

jest.mock('@salesforce/customPermission/Woo_Run_Commands', () => ({ default: true }), { virtual: true });

const settled = () => new Promise(process.nextTick);

function shown(store) {
    const element = Object.assign(createElement('c-woo-mapping-saved', { is: WooMappingSaved }), { store });
    document.body.appendChild(element);
    const notice = element.shadowRoot.querySelector('c-woo-mapping-notice');
    const order = async () => {
        notice.dispatchEvent(new CustomEvent('action', { detail: { name: 'backfill' } }));
        await settled();
        await settled();
    };
    return { element, notice, order };
}

afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
});

it('orders the backfill of the store, once', async () => {
    createRecord.mockResolvedValueOnce({ id: 'a00X' });
    const { notice, order } = shown('outlet');
    expect(notice.actions).toHaveLength(1);
    await order();
    expect(createRecord.mock.calls).toEqual([
        [{ apiName: 'Woo_Command__c', fields: { Type__c: 'backfill', Store__c: 'outlet' } }]
    ]);
    expect(notice.actions).toEqual([]);
    expect(notice.text).toContain('c.Woo_Editor_Backfill_Given');
});

it('orders one alone, though somebody presses twice', async () => {
    let given;
    createRecord.mockImplementationOnce(
        () =>
            new Promise((resolve) => {
                given = resolve;
            })
    );
    const { order } = shown();
    await order();
    await order();
    given({ id: 'a00X' });
    expect(createRecord).toHaveBeenCalledTimes(1);
});

it('says what went wrong, and offers it again', async () => {
    createRecord.mockRejectedValueOnce({ body: { message: 'no' } });
    const { element, notice, order } = shown();
    await order();
    expect(element.shadowRoot.querySelector('c-woo-error-panel').errors).toEqual({ body: { message: 'no' } });
    expect(notice.actions).toHaveLength(1);
    createRecord.mockResolvedValueOnce({ id: 'a00X' });
    await order();
    expect(element.shadowRoot.querySelector('c-woo-error-panel')).toBeNull();
});
