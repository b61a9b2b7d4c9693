import { createElement } from 'lwc';
import WooMappingPreview from 'c/wooMappingPreview';

const record = (title) => ({
    title,
    key: 'main:7',
    action: 'create',
    why: 'None has its key.',
    recordId: null,
    met: true,
    logic: null,
    conditions: [],
    rows: []
});
const answer = { record: '7', held: false, problems: [], records: [record('order 7')], more: 0, looking: null };

function shown(properties = {}) {
    const element = createElement('c-woo-mapping-preview', { is: WooMappingPreview });
    Object.assign(element, properties);
    document.body.appendChild(element);
    const chosen = [];
    element.addEventListener('record', (event) => chosen.push(event.detail.record));
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
    return { element, chosen, one, all };
}

const settled = () => Promise.resolve();
const change = (element, value) => element.dispatchEvent(new CustomEvent('change', { detail: { value } }));

/** Chooses *By number*, and types one. */
async function type(page, number) {
    change(page.one('.which'), 'number');
    await settled();
    const input = page.one('.number');
    Object.assign(input, { setCustomValidity: jest.fn(), reportValidity: jest.fn() });
    change(input, number);
    return input;
}

describe('c-woo-mapping-preview', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows each record of the answer, and how many more there are', () => {
        const { all, one } = shown({
            answer: { ...answer, records: [record('order 7'), record('refund 8')], more: 3 }
        });
        expect(all('c-woo-mapping-preview-record').map((each) => each.record.title)).toEqual(['order 7', 'refund 8']);
        expect(one('.more').textContent).toBe('c.Woo_Preview_More');
        expect(one('.said')).toBeNull();
    });

    it.each([
        ['Empty', undefined],
        ['No_Record', { ...answer, record: null, records: [] }],
        ['Held', { ...answer, held: true }],
        ['Nothing', { ...answer, held: true, records: [] }]
    ])('says %s where that is so', (word, given) => {
        expect(shown({ answer: given }).one('.said').textContent).toBe(`c.Woo_Preview_${word}`);
    });

    it('says why there is no such record in the shop, and what to do', () => {
        const recordProblem = { code: 'RECORD_NOT_FOUND', message: 'The store has no order 9.', cure: 'Look there.' };
        const { one, all } = shown({ answer: { ...answer, recordProblem, records: [] } });
        expect(one('.said').textContent).toBe('The store has no order 9. Look there.');
        expect(all('c-woo-mapping-preview-record')).toEqual([]);
    });

    it('says that it is being computed, and leaves the last answer in place', async () => {
        const { element, one, all } = shown({ isBusy: true });
        expect(one('.busy').textContent).toBe('c.Woo_Preview_Busy');
        expect(one('.said')).toBeNull();
        element.answer = answer;
        await settled();
        expect(all('c-woo-mapping-preview-record')).toHaveLength(1);
        element.isBusy = false;
        await settled();
        expect(one('.busy').textContent).toBe('');
    });

    it('says how many API calls the looks take, only where there are any', async () => {
        const { element, one } = shown({ answer });
        expect(one('.calls')).toBeNull();
        element.answer = { ...answer, looking: { seconds: 2, calls: 57 } };
        await settled();
        expect(one('.calls').textContent).toBe('c.Woo_Preview_Calls');
    });

    it('asks for a record by its number, and for the latest again', async () => {
        const page = shown({ answer });
        expect(page.one('.number')).toBeNull();
        const input = await type(page, ' 1042 ');
        page.one('.show').click();
        input.dispatchEvent(new CustomEvent('blur'));
        expect(page.chosen).toEqual(['1042']);
        change(input, 'guest:ada@example.com');
        input.dispatchEvent(Object.assign(new CustomEvent('keydown'), { key: 'Enter' }));
        change(page.one('.which'), 'latest');
        expect(page.chosen).toEqual(['1042', 'guest:ada@example.com', 'latest']);
    });

    it.each(['#1042', '0', '12 13', 'guest:ada', '1.5'])('asks for no %s, and says what to enter', async (number) => {
        const page = shown({ answer });
        const input = await type(page, number);
        page.one('.show').click();
        expect(page.chosen).toEqual([]);
        expect(input.setCustomValidity).toHaveBeenLastCalledWith('c.Woo_Preview_Bad_Number');
        change(input, '7');
        expect(input.setCustomValidity).toHaveBeenLastCalledWith('');
    });
});
