import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { proofsOf } from 'c/wooSyncRecords';
import WooSyncProofs from 'c/wooSyncProofs';

jest.mock('@salesforce/customPermission/Woo_Run_Commands', () => ({ default: true }), { virtual: true });

const TEXT = [
    '2026-11-28 02:00 UTC: 12345 compared, 3 found, repair under way',
    '2026-11-27 02:00 UTC: 12340 compared, 2 found, 1 repaired',
    '2026-11-26 02:00 UTC: 12330 compared, 9000 found, not followed repaired',
    'something else'
].join('\n');

function shown(text, proofs = proofsOf(text)) {
    const element = createElement('c-woo-sync-proofs', { is: WooSyncProofs });
    Object.assign(element, { proofs, store: 'main' });
    document.body.appendChild(element);
    return element;
}

describe('c-woo-sync-proofs', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows by day what was compared, found and repaired', () => {
        const root = shown(TEXT).shadowRoot;
        const rows = [...root.querySelectorAll('.proof')].map((row) =>
            [...row.querySelectorAll('td')].map((cell) => cell.textContent)
        );
        expect(rows).toEqual([
            ['12,345', '3', 'c.Woo_Health_Proof_Under_Way'],
            ['12,340', '2', '1'],
            ['12,330', '9,000', 'c.Woo_Health_Proof_Not_Followed']
        ]);
        expect(root.querySelector('lightning-formatted-date-time').value).toBe(Date.parse('2026-11-28T02:00:00Z'));
    });

    it('shows a week, and says where there was none yet', () => {
        const day = '2026-11-28 02:00 UTC: 1 compared, 0 found, 0 repaired';
        const days = Array.from({ length: 9 }, (_, at) => day.replace('28', `${28 - at}`)).join('\n');
        expect(shown(days).shadowRoot.querySelectorAll('.proof')).toHaveLength(7);
        expect(shown(null).shadowRoot.querySelector('.none').textContent).toBe('c.Woo_Health_Proofs_None');
    });

    it('starts a comparison of the store, and says what stood against it', async () => {
        const element = shown(TEXT);
        const given = jest.fn();
        element.addEventListener('given', given);
        createRecord.mockResolvedValueOnce({ id: 'a00Lo0000000001AAA' });
        element.shadowRoot.querySelector('.now').click();
        await new Promise(process.nextTick);
        expect(createRecord).toHaveBeenLastCalledWith({
            apiName: 'Woo_Command__c',
            fields: { Type__c: 'reconcile', Store__c: 'main' }
        });
        expect(given.mock.calls[0][0].detail).toEqual({ commandId: 'a00Lo0000000001AAA' });
        createRecord.mockRejectedValueOnce(new Error('no'));
        element.shadowRoot.querySelector('.now').click();
        await new Promise(process.nextTick);
        expect(element.shadowRoot.querySelector('c-woo-error-panel').heading).toBe('c.Woo_Sync_Not_Done');
    });
});
