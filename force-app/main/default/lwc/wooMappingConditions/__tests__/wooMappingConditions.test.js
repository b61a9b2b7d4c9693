import { createElement } from 'lwc';
import { Described } from 'c/wooMappingDescribed';
import WooMappingCondition from 'c/wooMappingCondition';
import { Findings } from 'c/wooMappingFit';
import WooMappingConditions from 'c/wooMappingConditions';

const settled = () => Promise.resolve();
const described = new Described({
    fields: [{ name: 'Name', label: 'Name', type: 'string' }],
    attributes: [{ name: 'status' }, { name: 'guest', kind: 'yes_no' }, { name: 'total' }],
    values: { status: [{ value: 'completed' }, { value: 'wc-طلب' }] }
});
const rows = [1, 2].map((position) => ({ name: `C${position}`, position, attribute: 'status', operator: 'equals' }));
const change = (value) => new CustomEvent('change', { detail: { value } });

function shown(is, properties) {
    const element = Object.assign(createElement('c-shown', { is }), { described, ...properties });
    const heard = jest.fn();
    for (const type of ['edit', 'change', 'remove']) element.addEventListener(type, ({ detail }) => heard(detail));
    document.body.appendChild(element);
    return { element, heard, one: (selector) => element.shadowRoot.querySelector(selector) };
}

afterEach(() => document.body.replaceChildren());

describe('c-woo-mapping-conditions', () => {
    const conditions = (properties) => shown(WooMappingConditions, { mapping: {}, rows, ...properties });

    it('says that every record is taken, and begins with the status', () => {
        const { one, heard } = conditions({ rows: [] });
        expect(one('.empty')).not.toBeNull();
        one('.add').click();
        expect(heard).toHaveBeenCalledWith({ act: 'condition', values: { attribute: 'status', operator: 'equals' } });
    });

    it('begins with nothing where the records have no status', () => {
        const other = new Described({ fields: described.fields, attributes: [{ name: 'total' }] });
        const { one, heard } = conditions({ rows: [], described: other });
        one('.add').click();
        expect(heard).toHaveBeenCalledWith({ act: 'condition', values: { attribute: null, operator: 'equals' } });
    });

    it('tells which condition is changed and which is taken away', () => {
        const { element, heard } = conditions({});
        const [, second] = element.shadowRoot.querySelectorAll('c-woo-mapping-condition');
        second.dispatchEvent(new CustomEvent('change', { detail: { changes: { value: 'x' } } }));
        expect(heard).toHaveBeenCalledWith({
            act: 'change',
            kind: 'conditions',
            name: 'C2',
            changes: { value: 'x' }
        });
        second.dispatchEvent(new CustomEvent('remove'));
        expect(heard).toHaveBeenCalledWith({ act: 'remove', kind: 'conditions', name: 'C2' });
    });

    it('asks for the logic of several alone, and for what becomes of others, which stay unless told', () => {
        const { one, heard } = conditions({ rows: rows.slice(0, 1) });
        expect(one('.logic')).toBeNull();
        expect(one('.unmet').value).toBe('keep');
        one('.unmet').dispatchEvent(change('flag'));
        expect(heard).toHaveBeenLastCalledWith({ act: 'mapping', changes: { whenUnmet: 'flag' } });
        const own = { rows: rows.slice(0, 1), mapping: { conditionLogic: 'NOT 1' } };
        expect(conditions(own).one('.logic').value).toBe('own');
        expect(conditions({ readOnly: true }).one('.add')).toBeNull();
    });

    it('writes the logic of any, and lets one write another', async () => {
        const { one, heard } = conditions({});
        one('.logic').dispatchEvent(change('any'));
        expect(heard).toHaveBeenLastCalledWith({ act: 'mapping', changes: { conditionLogic: '1 OR 2' } });
        expect(one('.own')).toBeNull();
        one('.logic').dispatchEvent(change('own'));
        expect(heard).toHaveBeenLastCalledWith({ act: 'mapping', changes: { conditionLogic: '1 AND 2' } });
        await settled();
        one('.own').dispatchEvent(change('1 AND NOT 2'));
        expect(heard).toHaveBeenLastCalledWith({ act: 'mapping', changes: { conditionLogic: '1 AND NOT 2' } });
    });

    it('gives each condition its outcome and its problems', () => {
        const answer = {
            records: [{ rows: [], conditions: [{ position: 2, met: false, actual: 'pending' }] }],
            problems: [{ place: 'C1', message: 'unknown' }]
        };
        const { element } = conditions({ findings: new Findings(answer) });
        const [first, second] = element.shadowRoot.querySelectorAll('c-woo-mapping-condition');
        expect([first.outcome, second.outcome]).toEqual([undefined, { position: 2, met: false, actual: 'pending' }]);
        expect(first.problems).toEqual([{ place: 'C1', message: 'unknown' }]);
    });
});

describe('c-woo-mapping-condition', () => {
    const condition = (row, more) => shown(WooMappingCondition, { row: { ...rows[0], ...row }, ...more });

    it('offers the values of the shop, several where the operator takes several', () => {
        expect(condition({}).one('.value')).toMatchObject({ kind: { input: 'pick' }, several: false });
        expect(condition({ operator: 'in' }).one('.value').several).toBe(true);
        expect(condition({ operator: 'contains' }).one('.value').kind.input).toBe('text');
        expect(condition({ attribute: 'guest' }).one('.value').kind.input).toBe('yes_no');
        expect(condition({ operator: 'is_empty' }).one('.value')).toBeNull();
    });

    it('takes the value away where the operator compares with none', () => {
        const { one, heard } = condition({});
        one('.operator').dispatchEvent(change('is_empty'));
        expect(heard).toHaveBeenLastCalledWith({ changes: { operator: 'is_empty', value: null } });
        one('.operator').dispatchEvent(change('in'));
        expect(heard).toHaveBeenLastCalledWith({ changes: { operator: 'in' } });
    });

    it('says whether the record meets it', () => {
        expect(condition({}, { outcome: { met: true, actual: 'completed' } }).one('.outcome').textContent).toContain(
            'c.Woo_Editor_Met'
        );
        expect(condition({}, { outcome: { met: false, actual: null } }).one('.outcome').textContent).toContain(
            'c.Woo_Editor_Unmet'
        );
    });

    it('compares with another attribute in place of a value', () => {
        const { one, heard } = condition({});
        expect(one('.other')).toBeNull();
        one('.swap').click();
        expect(heard).toHaveBeenLastCalledWith({ changes: { value: null } });
        const pair = condition({ operator: 'equals', value: null, otherAttribute: 'payment_method' });
        expect(pair.one('.value')).toBeNull();
        expect(pair.one('.other').value).toBe('payment_method');
        pair.one('.other').dispatchEvent(new CustomEvent('choose', { detail: { value: 'guest' } }));
        expect(pair.heard).toHaveBeenLastCalledWith({ changes: { otherAttribute: 'guest' } });
        pair.one('.operator').dispatchEvent(new CustomEvent('change', { detail: { value: 'in' } }));
        expect(pair.heard).toHaveBeenLastCalledWith({ changes: { operator: 'in', otherAttribute: null } });
        pair.one('.swap').click();
        expect(pair.heard).toHaveBeenLastCalledWith({ changes: { otherAttribute: null } });
        expect(condition({ operator: 'in' }).one('.swap')).toBeNull();
        expect(condition({}, { readOnly: true }).one('.swap')).toBeNull();
    });

    it('offers periods where one is asked for', () => {
        const { one, heard } = condition({ operator: 'within', value: 'last 9 days' });
        expect(one('.value').kind).toMatchObject({ input: 'pick', isOpen: true });
        expect(one('.value').kind.values).toContainEqual({ value: 'last 30 days', label: expect.any(String) });
        expect(one('.swap')).toBeNull();
        one('.operator').dispatchEvent(new CustomEvent('change', { detail: { value: 'equals' } }));
        expect(heard).toHaveBeenLastCalledWith({ changes: { operator: 'equals', value: null } });
        one('.operator').dispatchEvent(new CustomEvent('change', { detail: { value: 'not_within' } }));
        expect(heard).toHaveBeenLastCalledWith({ changes: { operator: 'not_within' } });
    });
});
