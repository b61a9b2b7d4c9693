import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooSalesHome from 'c/wooSalesHome';

jest.mock('@salesforce/customPermission/Woo_See_Charts', () => ({ default: undefined }), { virtual: true });

it('c-woo-sales-home offers no charts to who may not open them', async () => {
    const element = createElement('c-woo-sales-home', { is: WooSalesHome });
    document.body.appendChild(element);
    graphql.emit({ uiapi: { aggregate: {} } });
    await new Promise(process.nextTick);
    expect(element.shadowRoot.querySelectorAll('dd')).toHaveLength(2);
    expect(element.shadowRoot.querySelectorAll('a')).toHaveLength(0);
});
