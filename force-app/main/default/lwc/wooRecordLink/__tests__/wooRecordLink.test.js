import { createElement } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import WooRecordLink from 'c/wooRecordLink';

const recordId = '003Lo0000000001IAA';
const settled = () => new Promise(process.nextTick);

async function shown(properties) {
    const element = Object.assign(createElement('c-woo-record-link', { is: WooRecordLink }), {
        recordId,
        unnamed: 'Open record',
        ...properties
    });
    document.body.appendChild(element);
    await settled();
    return { element, link: () => element.shadowRoot.querySelector('a') };
}

describe('c-woo-record-link', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('leads to the record by its name', async () => {
        getFieldValue.mockImplementation(({ fields }, name) => fields[name.split('.')[1]].value);
        const { element, link } = await shown({ nameField: 'Contact.Name' });
        expect(getRecord.getLastConfig()).toEqual({ recordId, optionalFields: ['Contact.Name'] });
        expect(link().textContent).toBe('Open record');
        expect(link().href).toBe('https://www.example.com/');
        getRecord.emit({ fields: { Name: { value: 'Ada Lovelace' } } });
        await settled();
        expect(link().textContent).toBe('Ada Lovelace');
        element.recordId = '003Lo0000000002IAA';
        getRecord.error();
        await settled();
        expect(link().textContent).toBe('Open record');
    });

    it('asks for no name as long as it does not know where it stands', async () => {
        const { link } = await shown();
        expect(getRecord.getLastConfig().optionalFields).toBeUndefined();
        expect(link().textContent).toBe('Open record');
    });
});
