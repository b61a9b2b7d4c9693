import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import WooMatchPick from 'c/wooMatchPick';

const settled = () => jest.advanceTimersByTimeAsync(0);

async function shown() {
    const element = createElement('c-woo-match-pick', { is: WooMatchPick });
    Object.assign(element, { object: 'Contact', keyField: 'Woo_Key__c' });
    const chosen = jest.fn();
    element.addEventListener('choose', ({ detail }) => chosen(detail));
    document.body.appendChild(element);
    await settled();
    const one = (selector) => element.shadowRoot.querySelector(selector);
    const type = async (value) => {
        one('lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await jest.advanceTimersByTimeAsync(100);
    };
    const find = async (...nodes) => {
        graphql.emit({ uiapi: { query: { found: { edges: nodes.map((node) => ({ node })) } } } });
        await settled();
    };
    return { one, type, find, chosen };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
});

it('asks once after the last key, for the text as it is typed', async () => {
    const { type } = await shown();
    await type('a');
    await type(' O"B_r% ');
    expect(graphql.getLastConfig().query).toBeUndefined();
    await jest.advanceTimersByTimeAsync(300);
    const { query } = graphql.getLastConfig();
    expect(query).toContain('Contact(');
    expect(query).toContain(String.raw`like: "%O\"B\\_r\\%%"`);
    expect(query).toContain('Email @optional { value }');
});

it('gives the record that is chosen with the key that it has', async () => {
    const { one, type, find, chosen } = await shown();
    await type('ada');
    await jest.advanceTimersByTimeAsync(300);
    const fields = { Name: { value: 'Ada' }, Email: { value: 'ada@example.com' }, Woo_Key__c: { value: 'main:7' } };
    await find({ Id: '003A', ...fields });
    expect(one('.found').textContent).toBe('Adaada@example.com');
    one('.found').click();
    expect(chosen.mock.calls).toEqual([[{ id: '003A', name: 'Ada', sign: 'ada@example.com', key: 'main:7' }]]);
});

it('says that nothing is found, or why nothing can be', async () => {
    const { one, type, find } = await shown();
    await type('nobody');
    await jest.advanceTimersByTimeAsync(300);
    await find();
    expect(one('.none').textContent).toBe('c.Woo_Matches_None_Found');
    graphql.emitErrors([{ message: 'No.' }]);
    await settled();
    expect(one('c-woo-error-panel').errors).toEqual([{ message: 'No.' }]);
});
