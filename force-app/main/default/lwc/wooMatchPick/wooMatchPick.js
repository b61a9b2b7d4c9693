import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { format, readable } from 'c/wooFormat';
import { fieldsOf, recordOf } from 'c/wooMatchRecords';
import choose from '@salesforce/label/c.Woo_Matches_Choose_Name';
import heading from '@salesforce/label/c.Woo_Matches_Search';
import none from '@salesforce/label/c.Woo_Matches_None_Found';

const QUIET_MS = 300;
const MOST = 10;

/**
 * Finds a record of an object by a part of its name.
 * @fires choose the record: `{ id, name, sign, key }`
 */
export default class WooMatchPick extends LightningElement {
    @api object;
    @api keyField;

    label = { heading, none };
    query;
    found;
    errors;
    timer;

    @api
    focus() {
        this.template.querySelector('lightning-input').focus();
    }

    disconnectedCallback() {
        clearTimeout(this.timer);
    }

    @wire(graphql, { query: '$query' })
    wiredFound({ data, errors }) {
        this.errors = errors;
        const connection = readable(data?.uiapi?.query.found);
        if (!connection || !this.query) return;
        this.found = connection.edges.map(({ node }) => {
            const record = recordOf(node, this.object, this.keyField);
            return { ...record, title: format(choose, record.name ?? record.id) };
        });
    }

    get isEmpty() {
        return this.found?.length === 0;
    }

    handleInput({ detail: { value } }) {
        clearTimeout(this.timer);
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        this.timer = setTimeout(() => this.search(value.trim()), QUIET_MS);
    }

    search(text) {
        this.found = undefined;
        const like = JSON.stringify(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
        this.query =
            text === ''
                ? undefined
                : gql`query WooMatchSearch { uiapi { query { found: ${this.object}(
                    where: { Name: { like: ${like} } }
                    orderBy: { Name: { order: ASC } }
                    first: ${MOST}
                ) { edges { node { Id ${fieldsOf(this.object, this.keyField)} } } } } } }`;
    }

    handleChoose(event) {
        const { id } = event.currentTarget.dataset;
        const { name, sign, key } = this.found.find((one) => one.id === id);
        this.dispatchEvent(new CustomEvent('choose', { detail: { id, name, sign, key } }));
    }
}
