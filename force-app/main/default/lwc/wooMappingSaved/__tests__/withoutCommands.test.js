import { createElement } from 'lwc';
import WooMappingSaved from 'c/wooMappingSaved';

jest.mock('@salesforce/customPermission/Woo_Run_Commands', () => ({ default: undefined }), { virtual: true });

it('offers no backfill to who may not give commands', () => {
    const element = createElement('c-woo-mapping-saved', { is: WooMappingSaved });
    document.body.appendChild(element);
    expect(element.shadowRoot.querySelector('c-woo-mapping-notice').actions).toEqual([]);
});
