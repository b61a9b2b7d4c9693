import { createElement } from 'lwc';
import WooSyncActions from 'c/wooSyncActions';

jest.mock('@salesforce/customPermission/Woo_Run_Commands', () => ({ default: undefined }), { virtual: true });

it('shows who may not run commands those alone that everybody may give', () => {
    const element = createElement('c-woo-sync-actions', { is: WooSyncActions });
    document.body.appendChild(element);
    const buttons = [...element.shadowRoot.querySelectorAll('.action')];
    expect(buttons.map(({ dataset }) => dataset.type)).toEqual(['retry', 'sync', 'reload']);
});
